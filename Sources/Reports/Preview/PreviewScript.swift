import Values

/// What the page of previews can do: show white space, unfold examples, find words.
enum PreviewScript {
  static let javaScript = """
    'use strict';
    const names = \(names);
    const signs = {' ': '\\u00b7', '\\n': '\\u23ce\\n', '\\t': '\\u2192\\t', ...names};
    const unseen = new RegExp('[' + Object.keys(signs).join('') + ']', 'g');
    const texts = [];
    for (const element of document.querySelectorAll('.t')) {
      for (const node of element.childNodes) {
        if (node.nodeType === Node.TEXT_NODE) texts.push({node, raw: node.data});
      }
    }
    const space = document.getElementById('space');
    const shots = document.getElementById('shots');
    const find = document.getElementById('find');
    const found = document.getElementById('found');
    const owners = Map.groupBy(texts, text => text.node.parentElement.closest('article'));
    const articles = [...document.querySelectorAll('article')].map(element => ({
      element,
      texts: owners.get(element) ?? [],
    }));

    function showSpace() {
      for (const {node, raw} of texts) {
        node.data = space.checked ? raw.replace(unseen, sign => signs[sign]) : raw;
      }
      search();
    }

    function search() {
      const word = find.value.toLowerCase();
      const ranges = [];
      let count = 0;
      for (const article of articles) {
        let isHit = word === '';
        for (const {node, raw} of word === '' ? [] : article.texts) {
          if (!raw.toLowerCase().includes(word)) continue;
          isHit = true;
          const shown = node.data.toLowerCase();
          const wanted = space.checked ? word.replace(unseen, sign => signs[sign]) : word;
          for (let at = shown.indexOf(wanted); at >= 0; at = shown.indexOf(wanted, at + wanted.length)) {
            if (at + wanted.length > node.data.length) break;
            const range = new Range();
            range.setStart(node, at);
            range.setEnd(node, at + wanted.length);
            ranges.push(range);
          }
          const fold = node.parentElement.closest('details');
          if (fold && ranges.length < 500) fold.open = true;
        }
        article.element.hidden = !isHit;
        if (isHit) count += 1;
      }
      found.textContent = word === '' ? '' : count + ' of ' + articles.length + ' rows';
      if (window.Highlight) CSS.highlights.set('found', new Highlight(...ranges));
    }

    space.addEventListener('change', showSpace);
    find.addEventListener('input', search);
    shots?.addEventListener('change', () => {
      for (const fold of document.querySelectorAll('details.shot')) fold.open = shots.checked;
    });
    document.addEventListener('keydown', event => {
      if (event.key === '/' && document.activeElement !== find) {
        event.preventDefault();
        find.focus();
      }
    });
    if (space.checked) showSpace();
    """

  /// The names of characters that cannot be seen, as a literal of the script; everything but ASCII is escaped.
  private static let names: String = {
    let entries = VisibleText.named.map { scalar, name in
      "'\\u" + String(scalar.value, radix: 16).leftPadded(to: 4) + "': '\\u27e8\(name)\\u27e9'"
    }
    return "{" + entries.joined(separator: ", ") + "}"
  }()
}

extension String {
  fileprivate func leftPadded(to width: Int) -> String {
    String(repeating: "0", count: max(0, width - count)) + self
  }
}
