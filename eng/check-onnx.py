#!/usr/bin/env python3
"""Whether the standard's own checker finds every ONNX file of a folder valid: eng/check-onnx.py FOLDER.

Needs the package onnx (Debian, Ubuntu: python3-onnx). Exits with 1 where a file is not valid, or where there is none.
"""
import pathlib
import sys

import onnx

paths = sorted(pathlib.Path(sys.argv[1]).rglob("*.onnx"))
refused = 0
for path in paths:
    try:
        # With shapes and types inferred, each of which has to be the one that is written.
        onnx.checker.check_model(str(path), full_check=True)
    except Exception as error:  # whatever the checker throws: its own errors, those of inference
        refused += 1
        print(f"NOT VALID: {path.name}: {error}")
print(f"onnx {onnx.__version__}: {len(paths) - refused} of {len(paths)} files are valid")
sys.exit(0 if paths and not refused else 1)
