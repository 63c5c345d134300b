"""What the official schema of IATI 2.03 says, as rows of our own table: read in tests only."""

from lxml import etree

from tests.exchange.formats.handout import STANDARDS

XSD = STANDARDS / "iati/xsd"
_N = "{http://www.w3.org/2001/XMLSchema}"


class _Schema:
    def __init__(self, file):
        roots = [etree.parse(XSD / name).getroot() for name in (file, "iati-common.xsd")]
        tops = [top for root in roots for top in root]
        self.elements = {top.get("name"): top for top in tops if top.tag == f"{_N}element"}
        self.types = {top.get("name"): top for top in tops if top.tag == f"{_N}complexType"}
        self.attributes = {top.get("name"): top for top in tops if top.tag == f"{_N}attribute"}

    def rows(self, name):
        return list(self._element(self.elements[name], "", ("1", "unbounded")))

    def _element(self, element, above, occurs):
        path = f"{above}/{element.get('name')}"
        kind = element.find(f"{_N}complexType")
        named = element.get("type", "")
        if kind is None and (not named or named.startswith("xsd:")):
            yield (path, *occurs, named[4:] or "any", "")
            return
        children, attributes, text = self._content(kind if kind is not None else self.types[named])
        yield (path, *occurs, text, " ".join(attributes))
        for child in children:
            how = (child.get("minOccurs", "1"), child.get("maxOccurs", "1"))
            ref = child.get("ref")
            yield from self._element(self.elements[ref] if ref else child, path, how)

    def _content(self, kind):
        extension = kind.find(f"{_N}simpleContent/{_N}extension")
        if extension is not None:
            return [], self._attributes(extension), extension.get("base")[4:]
        base = kind.find(f"{_N}complexContent/{_N}extension")
        if base is not None:
            children, attributes, text = self._content(self.types[base.get("base")])
            return [*children, *base.findall(f"{_N}sequence/{_N}element")], [*attributes, *self._attributes(base)], text
        return kind.findall(f"{_N}sequence/{_N}element"), self._attributes(kind), "mixed" if kind.get("mixed") else ""

    def _attributes(self, holder):
        found = []
        for attribute in holder.findall(f"{_N}attribute"):
            name = attribute.get("ref") or attribute.get("name")
            declared = self.attributes.get(name, attribute)
            kind = (attribute.get("type") or declared.get("type") or "xsd:string").partition(":")[2]
            found.append(f"{name}{'!' if attribute.get('use') == 'required' else ''}={kind}")
        return found


def elements():
    """Every element by its path, in the order it must come in: least, most, text, attributes."""
    activities = _Schema("iati-activities-schema.xsd").rows("iati-activities")
    return activities + _Schema("iati-organisations-schema.xsd").rows("iati-organisations")
