# `make help` lists what there is.
PREFIX ?= /usr/local
PROGRAM := .build/release/assay
SHARE := $(DESTDIR)$(PREFIX)/share/assay
# Swift's own libraries go into the program where they can be had: it then starts quicker, and runs without Swift.
STATIC := $(if $(wildcard $(dir $(realpath $(shell command -v swift)))../lib/swift_static),--static-swift-stdlib)
SWIFT_FILES := Package.swift Sources Tests Examples

.PHONY: help setup build demo test test-servers test-slurm check format record bench fuzz faults docs install

help: ## Lists the targets.
	@sed -nE 's/^([a-z-]+):.*## (.*)/\1\t\2/p' $(MAKEFILE_LIST) | expand -t 14

setup: ## Installs the system's libraries where they are missing.
	@Tools/setup.sh

build: setup ## Builds the program.
	swift build -c release --product assay $(STATIC)

demo: build ## Runs the demo tasks on the model that ships.
	$(PROGRAM) run --tasks demo --output_path output/demo

test: demo ## The same, then all tests.
	swift test

test-servers: build ## Compares real model servers with the engine; PYTHON has torch and transformers, DATASETS is a mirror.
	Tools/servers/test.sh $(PROGRAM) .build/test-servers

test-slurm: build ## Runs a job in parts on a Slurm of this one machine; needs root.
	Tools/cluster/test-slurm.sh $(PROGRAM)

check: ## Checks form and the rules of the house.
	swift format lint --strict --recursive --parallel --configuration .swift-format $(SWIFT_FILES)
	swift test --filter HouseTests

format: ## Formats all Swift files in place.
	swift format --in-place --recursive --parallel --configuration .swift-format $(SWIFT_FILES)

record: setup ## Rewrites golden files; look at the difference before you commit it.
	-RECORD=1 swift test; git status --short

bench: build ## Times Assay beside the harness; PYTHON names a Python that has lm_eval.
	Benchmarks/run.sh

fuzz: setup ## Runs the tests that mutate input, with the address sanitizer.
	swift test --sanitize=address --scratch-path .build-fuzz --filter '(Values|YAML|Templates|Patterns|Datasets)Tests'

faults: setup ## Puts one fault each into many files of TREE, a folder of tasks, and tells which are found.
	ASSAY_FAULTS=$(TREE) swift test --filter 'are found in a tree of tasks'

docs: build ## Writes the reference pages in Documentation and the tables of results.
	$(PROGRAM) docs --output Documentation
	Documentation/refresh-tables.sh $(PROGRAM)

$(PROGRAM):
	$(MAKE) build

install: $(PROGRAM) ## Copies program, tasks and model below PREFIX.
	install -s -D $(PROGRAM) $(DESTDIR)$(PREFIX)/bin/assay
	mkdir -p $(SHARE) && cp -R TaskLibrary Models $(SHARE)/
