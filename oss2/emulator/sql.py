"""The SQL of SelectObject: parsed by sqlglot, checked, and turned into functions of a row."""
from __future__ import annotations

import operator
import re
from dataclasses import dataclass
from typing import Any, Callable, Dict, List, Optional, Tuple, Type

import sqlglot
from sqlglot import exp

from .aggregates import Best, Count, Fold, Total
from .errors import ApiError

#: a step into a row: a member's name, or an index
Path = Tuple[Any, ...]
#: gets the value at a path; raises Unfit where the row has nothing there
Row = Callable[[Path], Any]
Function = Callable[[Row], Any]

_FROM = re.compile(r"""('(?:[^']|'')*')|\bfrom\s+ossobject\b((?:\.\w+|\."[^"]+"|\[\*\]|\[\d+\])*)""", re.I)
_STEP = re.compile(r'\.(\w+)|\."([^"]+)"|\[(\*|\d+)\]')
_LONGEST = 16 * 1024
_REFUSED = ('joins', 'group', 'order', 'having', 'distinct', 'with', 'with_', 'windows', 'laterals', 'offset',
            'qualify')

_BINARY: Dict[Type[Any], Callable[[Any, Any], Any]] = {
    exp.Add: operator.add, exp.Sub: operator.sub, exp.Mul: operator.mul, exp.EQ: operator.eq, exp.NEQ: operator.ne,
    exp.GT: operator.gt, exp.GTE: operator.ge, exp.LT: operator.lt, exp.LTE: operator.le,
}
_ARITHMETIC = (exp.Add, exp.Sub, exp.Mul, exp.Div, exp.Mod)
_AGGREGATES = (exp.Count, exp.Sum, exp.Avg, exp.Min, exp.Max)


class Unfit(Exception):
    """A row lacks a column that the query needs, or has a value there that cannot be cast."""


@dataclass
class Column:
    """One column of the result; ``aggregate`` makes what folds the values of all rows."""

    name: str
    value: Function
    aggregate: Optional[Callable[[], Fold]] = None
    path: Path = ()


@dataclass
class Query:
    """A parsed query.

    :param columns: None means all columns as they are
    :param root: where the rows are in a JSON document; ``*`` stands for each element
    """

    columns: Optional[List[Column]]
    where: Optional[Function]
    limit: Optional[int]
    root: Path

    @property
    def is_aggregate(self) -> bool:
        return bool(self.columns) and any(column.aggregate for column in self.columns or ())


def parse(text: str) -> Query:
    """
    :raises ApiError: InvalidSqlParameter: it is no query, or one that OSS refuses
    """
    if len(text.encode('utf-8', 'replace')) > _LONGEST:
        raise _refused('it is longer than 16 KB')
    roots: List[Path] = []

    def cut(found: Any) -> str:
        if found.group(1) is not None:
            return str(found.group(1))
        roots.append(tuple(name or quoted or (index if index == '*' else int(index))
                           for name, quoted, index in _STEP.findall(found.group(2))))
        return 'from ossobject'

    try:
        statements = sqlglot.parse(_FROM.sub(cut, text))
    except sqlglot.errors.SqlglotError as exc:
        raise _refused('it cannot be parsed') from exc
    if len(statements) != 1 or not isinstance(statements[0], exp.Select) or len(roots) != 1:
        raise _refused('it must be one select from ossobject')
    select = statements[0]
    for name in _REFUSED:
        if select.args.get(name):
            raise _refused('%s is not supported' % name.upper().rstrip('_'))
    if sum(1 for _ in select.find_all(exp.Select)) > 1:
        raise _refused('subqueries are not supported')
    return _Compiler(select).query(roots[0])


def _refused(why: str) -> ApiError:
    return ApiError('InvalidSqlParameter', 'The SQL expression is invalid: %s.' % why)


class _Compiler:
    def __init__(self, select: exp.Select) -> None:
        self._select = select
        table = select.find(exp.Table)
        self._aliases = {'ossobject', (table.alias if table is not None else '').lower()} - {''}

    def query(self, root: Path) -> Query:
        where = self._select.args.get('where')
        if where is not None and where.find(*_AGGREGATES):
            raise _refused('WHERE has an aggregate')
        limit = self._select.args.get('limit')
        rows = None
        if limit is not None:
            if not isinstance(limit.expression, exp.Literal) or limit.expression.is_string:
                raise _refused('LIMIT is no number')
            rows = int(limit.expression.this)
        items = self._select.expressions
        columns = None
        if not (len(items) == 1 and isinstance(items[0], exp.Star)):
            columns = [self._column(item, number) for number, item in enumerate(items, 1)]
            if len({column.aggregate is None for column in columns}) > 1:
                raise _refused('columns stand beside aggregates')
        return Query(columns, None if where is None else self._compile(where.this), rows, root)

    def _column(self, item: Any, number: int) -> Column:
        name, inner = item.alias, item.unalias()
        path = self._path(inner) if isinstance(inner, (exp.Column, exp.Dot, exp.Bracket)) else ()
        if not name:
            name = str(path[-1]) if path and isinstance(path[-1], str) else '_%d' % number
        if isinstance(inner, _AGGREGATES):
            return self._aggregate(name, inner)
        if inner.find(*_AGGREGATES):
            raise _refused('an aggregate is part of an expression')
        return Column(name, self._compile(inner), None, path)

    def _aggregate(self, name: str, node: Any) -> Column:
        if isinstance(node, exp.Count):
            if node.this is None or isinstance(node.this, exp.Star):
                return Column(name, lambda row: 1, Count)
            return Column(name, self._compile(node.this), Count)
        if isinstance(node, (exp.Sum, exp.Avg)):
            value = self._compile(node.this)
            mean = isinstance(node, exp.Avg)
            return Column(name, lambda row: number(value(row)), lambda: Total(mean))
        choose: Callable[..., Any] = min if isinstance(node, exp.Min) else max
        return Column(name, self._compile(node.this), lambda: Best(choose))

    def _path(self, node: Any) -> Path:
        if isinstance(node, exp.Column):
            parts: Path = tuple(part.name for part in node.parts)
        elif isinstance(node, exp.Dot):
            parts = (*self._path(node.this), node.expression.name)
        elif isinstance(node, exp.Bracket) and len(node.expressions) == 1:
            return (*self._path(node.this), _index(node.expressions[0]))
        else:
            raise _refused('%s is not supported' % type(node).__name__)
        return parts[1:] if len(parts) > 1 and str(parts[0]).lower() in self._aliases else parts

    def _compile(self, node: Any) -> Function:
        # Newer versions of sqlglot write NOT LIKE so, older ones as a node of its own.
        if isinstance(node, exp.Escape) and node.this.args.pop('negate', False):
            node.set('negate', True)
        function = self._compile_plain(node)
        return (lambda row: _not(function(row))) if node.args.get('negate') else function

    def _compile_plain(self, node: Any) -> Function:
        if isinstance(node, exp.Paren):
            return self._compile(node.this)
        if isinstance(node, exp.Literal):
            constant = node.this if node.is_string else number(node.this)
            return lambda row: constant
        if isinstance(node, (exp.Boolean, exp.Null)):
            fixed = node.this if isinstance(node, exp.Boolean) else None
            return lambda row: fixed
        if isinstance(node, (exp.Column, exp.Dot, exp.Bracket)):
            path = self._path(node)
            return lambda row: row(path)
        if isinstance(node, (exp.And, exp.Or)):
            return self._connected(node)
        if isinstance(node, exp.Not):
            negated = self._compile(node.this)
            return lambda row: _not(negated(row))
        if isinstance(node, exp.Neg):
            value = self._compile(node.this)
            return lambda row: _arithmetic(operator.sub, 0, value(row))
        return self._operation(node)

    def _connected(self, node: Any) -> Function:
        left, right, stop = self._compile(node.left), self._compile(node.right), isinstance(node, exp.Or)

        def connected(row: Row) -> Any:
            values = [left(row)]
            if values[0] is stop:
                return stop
            values.append(right(row))
            return stop if values[1] is stop else None if None in values else not stop
        return connected

    def _operation(self, node: Any) -> Function:
        if isinstance(node, _ARITHMETIC):
            left, right, apply = self._compile(node.left), self._compile(node.right), _BINARY.get(type(node))
            divide = operator.mod if isinstance(node, exp.Mod) else _divide
            return lambda row: _arithmetic(apply or divide, left(row), right(row))
        if type(node) in _BINARY:
            left, right, compare = self._compile(node.left), self._compile(node.right), _BINARY[type(node)]
            return lambda row: _compared(compare, left(row), right(row))
        if isinstance(node, exp.Between):
            value, low, high = (self._compile(part) for part in (node.this, node.args['low'], node.args['high']))
            return lambda row: _all(_compared(operator.ge, value(row), low(row)),
                                    _compared(operator.le, value(row), high(row)))
        if isinstance(node, exp.In) and node.expressions:
            value, members = self._compile(node.this), [self._compile(part) for part in node.expressions]
            return lambda row: _any(*[_compared(operator.eq, value(row), member(row)) for member in members])
        if isinstance(node, exp.Is):
            value, expected = self._compile(node.this), self._compile(node.expression)
            return lambda row: value(row) in (None, '') if expected(row) is None else value(row) is expected(row)
        if isinstance(node, exp.Escape) and isinstance(node.this, exp.Like):
            return self._like(node.this, node.expression.name)
        if isinstance(node, exp.Like):
            return self._like(node, '')
        if isinstance(node, exp.DPipe):
            left, right = self._compile(node.left), self._compile(node.right)
            return lambda row: _joined(left(row), right(row))
        if isinstance(node, exp.Cast):
            return self._cast(node)
        raise _refused('%s is not supported' % type(node).__name__)

    def _like(self, node: Any, escape: str) -> Function:
        value = self._compile(node.this)
        if not isinstance(node.expression, exp.Literal):
            raise _refused('the pattern of LIKE is no constant')
        pattern = _pattern(node.expression.name, escape)
        return lambda row: _matches(pattern, value(row))

    def _cast(self, node: Any) -> Function:
        value, kind = self._compile(node.this), node.to.this.value.upper()
        converted = _CASTS.get(kind)
        if converted is None:
            raise _refused('there is no type %s' % kind)
        return lambda row: _cast_to(converted, value(row))


def number(value: Any) -> Any:
    """A value as a number, None if it is none or null.

    :raises Unfit: it is text that is no number
    """
    if value is None or value == '':
        return None
    if isinstance(value, (int, float)):
        return value
    for kind in (int, float):
        try:
            return kind(str(value).strip())
        except ValueError:
            continue
    raise Unfit('%r is no number' % value)


def _index(node: Any) -> Any:
    return node.name if node.is_string else int(node.name)


def _divide(left: Any, right: Any) -> Any:
    return left // right if isinstance(left, int) and isinstance(right, int) else left / right


def _arithmetic(apply: Callable[[Any, Any], Any], left: Any, right: Any) -> Any:
    first, second = number(left), number(right)
    if first is None or second is None:
        return None
    try:
        return apply(first, second)
    except ZeroDivisionError as exc:
        raise Unfit('division by zero') from exc


def _compared(compare: Callable[[Any, Any], Any], left: Any, right: Any) -> Any:
    if left is None or right is None:
        return None
    if isinstance(left, (int, float)) is not isinstance(right, (int, float)):
        try:
            left, right = number(left), number(right)
        except Unfit:
            return None
        if left is None or right is None:
            return None
    try:
        return compare(left, right)
    except TypeError:
        return None


def _not(value: Any) -> Any:
    return None if value is None else not value


def _all(*values: Any) -> Any:
    return False if False in values else None if None in values else True


def _any(*values: Any) -> Any:
    return True if True in values else None if None in values else False


def _joined(left: Any, right: Any) -> Any:
    return None if left is None or right is None else str(left) + str(right)


def _pattern(text: str, escape: str) -> Any:
    out, index = '', 0
    while index < len(text):
        character = text[index]
        if escape and character == escape and index + 1 < len(text):
            index += 1
            out += re.escape(text[index])
        else:
            out += {'%': '.*', '_': '.'}.get(character) or re.escape(character)
        index += 1
    return re.compile(out, re.S)


def _matches(pattern: Any, value: Any) -> Any:
    return None if value is None else pattern.fullmatch(str(value)) is not None


def _boolean(value: Any) -> bool:
    text = str(value).lower()
    if text not in ('true', 'false', '1', '0'):
        raise ValueError
    return text in ('true', '1')


_CASTS: Dict[str, Callable[[Any], Any]] = {
    **dict.fromkeys(('INT', 'BIGINT', 'SMALLINT', 'TINYINT'), lambda value: int(number(value))),
    **dict.fromkeys(('DOUBLE', 'FLOAT', 'DECIMAL'), lambda value: float(number(value))),
    **dict.fromkeys(('VARCHAR', 'TEXT', 'CHAR'), str), 'BOOLEAN': _boolean,
}


def _cast_to(convert: Callable[[Any], Any], value: Any) -> Any:
    if value is None or value == '':
        return None
    try:
        return convert(value)
    except (ValueError, OverflowError) as exc:
        raise Unfit('a value cannot be cast') from exc
