"""Numbers that belong to events: the dead, the injured, the detained, those who took part, money.

A number counts as one of these only where the words around it say so ("killed 11", "11 people
were killed", "the death toll rose to 12"); years, ages, shares, scores and the numbers in names
("G7", "9/11") do not.
"""

from kg.extract.quantity.attachment import QuantityTarget, attach_quantities
from kg.extract.quantity.finding import CountedQuantity, find_quantities

__all__ = ["CountedQuantity", "QuantityTarget", "attach_quantities", "find_quantities"]
