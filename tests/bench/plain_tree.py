"""An XML tree taken apart into names and words, and built again by ElementTree alone."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Node:
    """An element before it is one: everything that it says is known."""

    tag: str
    attributes: dict[str, str]
    text: str | None
    inside: tuple[Node, ...]


def taken_apart(xml: bytes) -> Node:
    """Return what an XML file says."""
    return _node(ET.fromstring(xml))  # noqa: S314 (our own file)


def plain_xml(root: Node) -> bytes:
    """Return the tree as a file with indents: build, indent, write."""
    tree = _built(root, None)
    ET.indent(tree)
    return bytes(ET.tostring(tree, "utf-8", xml_declaration=True)) + b"\n"


def _node(element: ET.Element) -> Node:
    text = element.text if not len(element) else None
    return Node(element.tag, dict(element.attrib), text, tuple(map(_node, element)))


def _built(node: Node, parent: ET.Element | None) -> ET.Element:
    if parent is None:
        element = ET.Element(node.tag, node.attributes)
    else:
        element = ET.SubElement(parent, node.tag, node.attributes)
    element.text = node.text
    for one in node.inside:
        _built(one, element)
    return element
