"""Tries the schemas of `assay schema` with Python's `jsonschema`: python check.py ASSAY FOLDER…

Every file below the folders that `assay validate` has no error for must be accepted; what the schema refuses is listed.
Needs `pip install jsonschema pyyaml`. Files that cannot be told sound by themselves (an include that is missing) are
passed over, since the schema sees one file at a time.
"""

import json
import pathlib
import subprocess
import sys

import jsonschema
import yaml


class Loader(yaml.SafeLoader):
    """Reads `!function` as the text behind it, as editors do."""


Loader.add_multi_constructor("!", lambda loader, suffix, node: loader.construct_scalar(node))


def plain(value):
    """What JSON can say: keys are texts, dates too."""
    if isinstance(value, dict):
        return {str(key): plain(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [plain(inner) for inner in value]
    return value if isinstance(value, (str, int, float, bool, type(None))) else str(value)


def unsound(assay, folder):
    """The files that `assay lint` has an error for."""
    answer = subprocess.run(
        [assay, "lint", folder, "--format", "json", "--exit-zero"], capture_output=True, text=True)
    findings = json.loads(answer.stdout)["findings"]
    return {str(pathlib.Path(it["file"]).resolve()) for it in findings if it["severity"] == "error"}


def main(assay, folders):
    schemas = {}
    for kind in ["task", "settings"]:
        text = subprocess.run([assay, "schema", "--kind", kind], capture_output=True, text=True, check=True).stdout
        schemas[kind] = json.loads(text)
        jsonschema.Draft7Validator.check_schema(schemas[kind])
    validator = jsonschema.Draft7Validator(schemas["task"])
    settings = jsonschema.Draft7Validator(schemas["settings"])
    accepted = refused = passed = caught = 0
    for folder in folders:
        bad = unsound(assay, folder)
        for path in sorted(pathlib.Path(folder).rglob("*.yaml")):
            try:
                value = plain(yaml.load(path.read_text(), Loader))
            except (yaml.YAMLError, UnicodeDecodeError):
                passed += 1
                continue
            mistakes = list((settings if path.name == "assay.yaml" else validator).iter_errors(value))
            if str(path.resolve()) in bad:
                caught += bool(mistakes)
                passed += 1
            elif mistakes:
                refused += 1
                error = jsonschema.exceptions.best_match(mistakes)
                print(f"{path}: {'/'.join(map(str, error.absolute_path))}: {error.message[:160]}")
            else:
                accepted += 1
    print(f"{accepted} accepted, {refused} refused; {passed} unsound, {caught} of them refused")
    return 1 if refused else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], sys.argv[2:]))
