import pgtrigger
import pytest
from pgtrigger.registry import _registry

from parvis.register.models import Name, Subject


def as_the_package_reads_them():
    held = list(_registry.values())
    return {(model._meta.db_table, trigger.name): trigger for model, trigger in held}, {
        trigger.get_pgid(model) for model, trigger in held
    }


def guard(name="tested"):
    return pgtrigger.Protect(name=name, operation=pgtrigger.Delete)


def test_the_index_of_triggers_says_what_the_package_would_read():
    assert (_registry.by_db_table, _registry.pg_function_names) == as_the_package_reads_them()
    assert len(_registry.by_db_table) > 300


def test_a_trigger_taken_out_is_in_the_index_no_more():
    with guard().register(Subject):
        within = "tested" in {name for _table, name in _registry.by_db_table}

    assert within
    assert (_registry.by_db_table, _registry.pg_function_names) == as_the_package_reads_them()


def test_a_name_used_already_on_a_table_is_still_refused():
    other = pgtrigger.Protect(name="tested", operation=pgtrigger.Insert)

    with guard().register(Subject), other.register(Name), pytest.raises(KeyError, match="already used"):
        other.register(Subject)
