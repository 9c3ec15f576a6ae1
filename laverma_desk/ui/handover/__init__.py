"""The page that hands over: postings to the tax adviser, the data of a period to an audit."""
