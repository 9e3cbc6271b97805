/// All that Jinja 3.1 offers after a bar; each family has a file of its own.
let builtinFilters: [Callable] =
  textFilters + sequenceFilters + selectionFilters + orderFilters + numberFilters + webFilters
  + [
    Callable("pprint", [], prettyPrinted), Callable("wordwrap", wordwrapParameters, wordwrapped),
    Callable("urlize", urlizeParameters, urlized),
  ]
