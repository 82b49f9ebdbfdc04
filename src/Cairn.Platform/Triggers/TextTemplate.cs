using System.Text;
using Cairn.Platform.Triggers.Patterns;

namespace Cairn.Platform.Triggers;

/// <summary>A text with `{name}` for values of an event; `{{` and `}}` are braces.</summary>
public sealed class TextTemplate
{
    private readonly List<(string Text, bool IsName)> _pieces = [];

    private TextTemplate(string written) => Written = written;

    /// <summary>As written.</summary>
    public string Written { get; }

    /// <summary>The names it needs.</summary>
    public IEnumerable<string> Names => _pieces.Where(piece => piece.IsName).Select(piece => piece.Text);

    /// <summary>Reads a text.</summary>
    /// <exception cref="PatternException">A brace stands alone.</exception>
    public static TextTemplate Parse(string text)
    {
        var template = new TextTemplate(text);
        var plain = new StringBuilder();
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] is not ('{' or '}'))
            {
                plain.Append(text[i]);
                continue;
            }

            if (i + 1 < text.Length && text[i + 1] == text[i])
            {
                plain.Append(text[i++]);
                continue;
            }

            var end = text[i] == '{' ? text.IndexOf('}', i) : -1;
            if (end < 0)
                throw new PatternException(
                    $"has a single {text[i]} in \"{text}\": write {text[i]}{text[i]} for the brace");
            template.Add(plain);
            template._pieces.Add((text[(i + 1)..end], true));
            i = end;
        }

        template.Add(plain);
        return template;
    }

    /// <summary>The text with its values; what is not known becomes empty.</summary>
    public string Render(IReadOnlyDictionary<string, string> values) => string.Concat(_pieces.Select(
        piece => piece.IsName ? values.GetValueOrDefault(piece.Text, "") : piece.Text));

    private void Add(StringBuilder plain)
    {
        if (plain.Length > 0)
            _pieces.Add((plain.ToString(), false));
        plain.Clear();
    }
}
