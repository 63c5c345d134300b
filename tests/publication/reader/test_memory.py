from parvis.publication.reader import memory


def test_an_answer_is_worked_out_once_and_answers_are_bounded(monkeypatch):
    monkeypatch.setattr(memory, "_KEPT", 2)
    kept, asked = memory.Memory(), []

    for question in ("a", "a", "b", "c", "a"):
        kept.kept(question, lambda: asked.append(1))

    assert len(asked) == 4
