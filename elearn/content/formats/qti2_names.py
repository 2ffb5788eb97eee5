"""The vocabularies of QTI 2.1, 2.2 and 3.0 brought to one, and back; pure.

3.0 says `qti-simple-choice` where 2.x says `simpleChoice`; inside this package everything is called as in 2.x.
"""

import re
from dataclasses import dataclass

from lxml import etree

KEBAB = re.compile(r"-([a-z0-9])")
CAMEL = re.compile(r"(?<=[a-z0-9])([A-Z])")


@dataclass(frozen=True, slots=True)
class Version:
    """One version: how it is called here, its namespaces and schema, its templates, its type of resource."""

    name: str
    namespace: str
    templates: str
    resource: str
    manifest: str
    schema: str
    is_kebab: bool = False


OLD_CP = "http://www.imsglobal.org/xsd/imscp_v1p1"
V21 = Version(
    "qti-2.1",
    "http://www.imsglobal.org/xsd/imsqti_v2p1",
    "http://www.imsglobal.org/question/qti_v2p1/rptemplates/{}",
    "imsqti_item_xmlv2p1",
    OLD_CP,
    "QTIv2.1 Package",
)
V22 = Version(
    "qti-2.2",
    "http://www.imsglobal.org/xsd/imsqti_v2p2",
    "http://www.imsglobal.org/question/qti_v2p2/rptemplates/{}",
    "imsqti_item_xmlv2p2",
    OLD_CP,
    "QTIv2.2 Package",
)
V30 = Version(
    "qti-3.0",
    "http://www.imsglobal.org/xsd/imsqtiasi_v3p0",
    "https://purl.imsglobal.org/spec/qti/v3p0/rptemplates/{}.xml",
    "imsqti_item_xmlv3p0",
    "http://www.imsglobal.org/xsd/qti/qtiv3p0/imscp_v1p1",
    "QTI Package",
    is_kebab=True,
)


def version_of(root: etree._Element) -> Version:
    """The version an item was written in."""
    name = etree.QName(root)
    if name.localname.startswith("qti-"):
        return V30
    return V22 if name.namespace == V22.namespace else V21


def unified(root: etree._Element) -> etree._Element:
    """The same tree in the words of 2.x without namespaces; changes it in place."""
    for element in root.iter(etree.Element):
        local = etree.QName(element).localname
        element.tag = _camel(local.removeprefix("qti-")) if local.startswith("qti-") else local
        for name, value in list(element.attrib.items()):
            plain = etree.QName(name).localname
            told = plain if plain.startswith(("data-", "aria-")) else _camel(plain)
            if told != name:
                del element.attrib[name]
                element.set(told, value)
    return root


def said_in(version: Version, root: etree._Element, foreign: frozenset[str]) -> etree._Element:
    """A tree in the words of a version; elements named in `foreign` are HTML and keep theirs."""
    made = etree.Element(
        _tag(version, root.tag, foreign),
        {_attribute(version, root, k, foreign): v for k, v in root.items()},
        nsmap={None: version.namespace},
    )
    made.text, made.tail = root.text, root.tail
    made.extend(said_in(version, each, foreign) for each in root)
    return made


def _tag(version: Version, name: str, foreign: frozenset[str]) -> str:
    told = f"qti-{_kebab(name)}" if version.is_kebab and name not in foreign else name
    return f"{{{version.namespace}}}{told}"


def _attribute(version: Version, element: etree._Element, name: str, foreign: frozenset[str]) -> str:
    return _kebab(name) if version.is_kebab and element.tag not in foreign else name


def _camel(name: str) -> str:
    return KEBAB.sub(lambda found: found[1].upper(), name)


def _kebab(name: str) -> str:
    return CAMEL.sub(lambda found: f"-{found[1].lower()}", name)
