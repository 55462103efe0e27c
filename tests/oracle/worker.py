"""The judge's bench: runs inside an environment that has SQLAlchemy, one forked child for each job.

Reads jobs as JSON lines, `{"root": folder, "modules": [...], "below": [package, ...] or null}`, and answers each with one line:
`{"outcome": "ok|warn|error", "stage", "error": {"class", "message"}, "warnings": [...], "facts"}`. A job may also have a
`prelude`, code to run before the imports, `overlay`, texts that stand for those of files, and `skip`; a module `package.*` stands
for all modules of a package but those whose last part `skip` names, and those of them that cannot be imported are passed over
and listed in `failed`. A job `{"preload": [...]}` imports modules for all jobs after it. The stages are those at
which SQLAlchemy can object: `import`, `configure` (configure_mappers) and `use` (tables are emitted, joins rendered).
Forking keeps registries, warnings and `sys.modules` of one job away from the next.
"""

import contextlib
import importlib
import importlib.machinery
import json
import os
import pkgutil
import re
import signal
import sys
import warnings

import sqlalchemy
import sqlalchemy.ext.associationproxy
import sqlalchemy.ext.declarative
import sqlalchemy.ext.hybrid
import sqlalchemy.orm
from sqlalchemy import exc
from sqlalchemy.dialects import sqlite
from sqlalchemy.schema import CreateTable

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import truth  # noqa: E402  (the folder of this file is on the path only now)

SECONDS_PER_JOB = 900


def main():
    for line in sys.stdin:
        job = json.loads(line)
        if "preload" in job:
            preload(job)
            print("{}", flush=True)
            continue
        reader, writer = os.pipe()
        pid = os.fork()
        if pid == 0:
            os.close(reader)
            _child(job, writer)
        os.close(writer)
        with os.fdopen(reader, encoding="utf-8") as answer:
            text = answer.read()
        os.waitpid(pid, 0)
        print(text or json.dumps(_died()), flush=True)


def _died():
    return {"outcome": "error", "stage": None, "error": {"class": "Died", "message": "the job ended without an answer"},
            "warnings": [], "facts": None}


def preload(job):
    """Imports what no job changes. What cannot be imported by itself is imported later, or not at all."""
    sys.path.insert(0, job["root"])
    exec(job.get("prelude", ""), {"__name__": "prelude"})
    for module in job["preload"]:
        with contextlib.suppress(Exception, SystemExit), contextlib.redirect_stdout(sys.stderr):
            importlib.import_module(module)


def _child(job, writer):
    signal.alarm(SECONDS_PER_JOB)
    nowhere = os.open(os.devnull, os.O_RDWR)
    os.dup2(nowhere, 0)
    os.dup2(nowhere, 1)
    answer = judge(job)
    with os.fdopen(writer, "w", encoding="utf-8") as out:
        out.write(json.dumps(answer))
    os._exit(0)


def judge(job):
    """Takes a workspace through the stages until SQLAlchemy objects."""
    sys.dont_write_bytecode = True
    sys.path.insert(0, job["root"])
    answer = {"outcome": "ok", "stage": None, "error": None, "warnings": [], "facts": None, "failed": {}}
    overlay(job.get("overlay", {}))
    with warnings.catch_warnings(record=True) as heard:
        warnings.simplefilter("always")
        stage = "import"
        try:
            exec(job.get("prelude", ""), {"__name__": "prelude"})
            for module in job["modules"]:
                answer["failed"] |= load(module, job.get("skip", ()))
            stage = "configure"
            sqlalchemy.orm.configure_mappers()
            answer["facts"] = truth.facts(job.get("below"))
            answer["modules"] = sorted(name for name in sys.modules if truth.is_below(name, job.get("below") or ()))
            answer["others"] = sorted(name for name in sys.modules if name not in answer["modules"])
            stage = "use"
            use()
        except BaseException as objection:
            said = {"class": type(objection).__name__, "message": plain(str(objection))}
            answer.update(outcome="error", stage=stage, error=said)
    answer["warnings"] = [
        {"class": each.category.__name__, "message": plain(str(each.message))} for each in heard if _of_sqlalchemy(each)
    ]
    if answer["outcome"] == "ok" and answer["warnings"]:
        answer["outcome"] = "warn"
    return answer


def load(module, skip):
    """Imports a module, or all of a package for `package.*`. Which of those failed, and why."""
    failed = {}
    package, star, _ = module.partition(".*")
    found = importlib.import_module(package)
    if not star:
        return failed
    for each in pkgutil.walk_packages(found.__path__, package + ".", onerror=lambda _: None):
        if not set(each.name.split(".")) & set(skip):
            try:
                importlib.import_module(each.name)
            except (Exception, SystemExit) as failure:
                failed[each.name] = f"{type(failure).__name__}: {plain(str(failure))}"
    return failed


def overlay(texts):
    """Lets some files read otherwise than they are on disk."""
    if not texts:
        return
    compiled = importlib.machinery.SourceFileLoader.get_code

    def get_code(loader, name):
        path = loader.get_filename(name)
        return compile(texts[path], path, "exec", dont_inherit=True) if path in texts else compiled(loader, name)

    importlib.machinery.SourceFileLoader.get_code = get_code


def use():
    """What a program does first with its models: emit the tables, join along each relationship, read what stands for others."""
    every = truth.mappers()
    metadatas = {id(found): found for found in map(truth.metadata_of, every)}
    tables = [table for metadata in metadatas.values() for table in metadata.tables.values()]
    # SQLite knows no types of other databases: what it says of them must not hide a foreign key that leads nowhere.
    for table in tables:
        for key in table.foreign_keys:
            _ = key.column
    for table in tables:
        CreateTable(table).compile(dialect=sqlite.dialect())
    for mapper in every:
        str(sqlalchemy.select(mapper.class_))
        for key in mapper.synonyms.keys():
            _ = getattr(mapper.class_, key).property
        for key, found in mapper.all_orm_descriptors.items():
            if "ASSOCIATION_PROXY" in str(found.extension_type):
                follow(getattr(mapper.class_, key))
        for prop in mapper.relationships:
            if prop.lazy not in ("dynamic", "write_only"):
                other = sqlalchemy.orm.aliased(prop.entity)
                str(sqlalchemy.select(mapper.class_).join(getattr(mapper.class_, prop.key).of_type(other)))


def follow(proxy):
    """Asks an association proxy for what it leads to. An attribute that only subclasses of the target have is found later, on an object."""
    if proxy is None:
        return
    below = sqlalchemy.inspect(proxy.target_class).self_and_descendants
    if not any(hasattr(each.class_, proxy.value_attr) for each in list(below)[1:]):
        _ = proxy.remote_attr, proxy.scalar


def plain(message):
    """A message without what changes from run to run and without the pointer to the error page."""
    message = re.sub(r"0x[0-9a-f]{6,}", "0x…", message)
    message = re.sub(r"\s*\(Background on [^()]* at: \S+\)", "", message)
    # Python 3.13 began to add this to a TypeError; the quotations are to hold under any Python.
    message = re.sub(r"\. Did you mean '\w+'\?$", "", message)
    # Python 3.12 began to name the field that has the default.
    message = re.sub(r"(follows default argument) '\w+'", r"\1", message)
    return message.strip()


def _of_sqlalchemy(warning):
    kinds = (exc.SAWarning, exc.SADeprecationWarning)
    return issubclass(warning.category, kinds) or "sqlalchemy" in (warning.category.__module__ or "")


if __name__ == "__main__":
    main()
