import Values

let urlizeParameters = ["trim_url_limit=", "nofollow=", "target=", "rel=", "extra_schemes="]

/// Web addresses in a text are of no use to a model, and finding them as Jinja does takes a large expression.
func urlized(_: Value, _: TemplateArguments) throws(TemplateError) -> Value {
  throw TemplateError(
    .unsupported, "the filter `urlize` is not supported", help: "prompts have no use for links")
}
