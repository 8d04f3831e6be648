"""Every function of oss2.xml_utils that writes a document."""

from __future__ import annotations

from cases import Area, Xml
from inputs import INPUTS

area = Area('xml_build')
for function, shapes in INPUTS.items():
    for title, args in shapes.items():
        area.add(title, getattr(Xml, function)(*args))
