"""The structured half of an invoice: EN 16931 as CII, written, read back, and held against the rules.

`writing.write_xml`, `checking.check_xml`, `reading.read_xml` and `agreeing.agree` are its doors. They import
slow libraries, so whoever uses them imports them when an invoice is made, not when the program starts.
`judging_apart.JudgeApart` is the second one for a window: the same judgement, from a process of its own.
"""
