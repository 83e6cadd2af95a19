"""environment.py: the first command on a fresh clone says what is missing."""

import environment


def test_a_python_without_venv_is_told_which_package_to_install(tmp_path, monkeypatch, capfd):
    fake = tmp_path / "python3"
    fake.write_text(
        "#!/bin/sh\necho 'The virtual environment was not created: ensurepip is not available.' >&2\nexit 1\n"
    )
    fake.chmod(0o755)
    monkeypatch.setattr(environment, "FOLDER", tmp_path / ".venv")
    monkeypatch.setattr(environment.sys, "executable", str(fake))
    assert environment.make("stamp") == 1
    said = capfd.readouterr().err
    assert "ensurepip is not available" in said
    assert "apt-get install python3-venv" in said
    assert not (tmp_path / ".venv").exists()


def test_the_lock_carries_hashes_and_no_address():
    for lock in map(environment.Path.read_text, environment.LOCKS):
        assert "--hash=sha256:" in lock
        assert "://" not in lock
