"""Union-find that remembers why: sets that grow by decisions, in a reproducible order."""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from typing import Generic, TypeVar

T = TypeVar("T", bound=Hashable)


class Clusters(Generic[T]):
    """Disjoint sets over the given items; two sets become one by `join`."""

    def __init__(self, items: Iterable[T]) -> None:
        self._parent: dict[T, T] = {item: item for item in items}
        self._members: dict[T, list[T]] = {item: [item] for item in self._parent}

    def root(self, item: T) -> T:
        """The item that stands for the set of `item`."""
        while self._parent[item] != item:
            self._parent[item] = self._parent[self._parent[item]]
            item = self._parent[item]
        return item

    def members(self, item: T) -> list[T]:
        """All items of the set of `item`."""
        return self._members[self.root(item)]

    def join(self, left: T, right: T) -> bool:
        """Makes the two sets one; False when they already were."""
        left, right = self.root(left), self.root(right)
        if left == right:
            return False
        if len(self._members[left]) < len(self._members[right]):
            left, right = right, left
        self._parent[right] = left
        self._members[left] += self._members.pop(right)
        return True

    def sets(self) -> list[list[T]]:
        """All sets, in the order of their first items."""
        return list(self._members.values())
