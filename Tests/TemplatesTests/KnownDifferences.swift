/// Templates that are meant to end otherwise here than in Jinja, and why.
enum KnownDifferences {
  static let reasons: [String: String] = [
    "{% extends 'x' %}": loader, "{% include 'x' %}": loader, "{% import 'x' as y %}": loader,
    "{% from 'x' import y %}": loader,
    "{{ s % missing }}": dropped, "{{ e % missing }}": dropped, "{{ 'b' % missing }}": dropped,
    "{{ g ** f }}": complex, "{{ g ** g }}": complex,
    "{{ '{:f}'.format('inf'|float) }}":
      "Jinja writes the constant `inf` into Python code, where it is a name",
    "{% for x, in [[1], [2]] %}{{ x }}{% endfor %}":
      "Jinja means to allow it, but looks for `in` in the wrong way",
    "{{ xs is sameas xs }}": "lists are values here and have no identity",
  ]

  private static let loader = "Jinja finds out only when it renders; here it is a finding"
  private static let dropped =
    "Python drops an undefined value that the format does not use; here it is an error"
  private static let complex = "there are no complex numbers"
}
