using System.Text;

namespace Cairn.Graphs.Yaml;

/// <summary>The text of a dump: columns, indicators, and scalars in the style that PyYAML chooses.</summary>
internal sealed class DumpText
{
    /// <summary>Columns that a level is indented by.</summary>
    public const int Step = 2;

    /// <summary>A key of this length or more is written with a question mark.</summary>
    public const int LongestKey = 128;

    private const int Width = 80;
    private readonly StringBuilder _out = new();
    private int _column;

    /// <summary>Whether the last thing written was a blank, or a line began.</summary>
    private bool _blank = true;

    /// <summary>Whether nothing but indention and dashes stands in the line.</summary>
    private bool _indention = true;

    /// <summary>Writes `-`, `:`, an anchor or an empty collection.</summary>
    public void Indicator(string text, bool spaced, bool indention = false)
    {
        Write(_blank || !spaced ? text : " " + text);
        _blank = false;
        _indention &= indention;
    }

    /// <summary>Goes to a column, in a new line unless the line holds nothing yet.</summary>
    public void Indent(int indent)
    {
        if (!_indention || _column > indent || (_column == indent && !_blank))
            Break();
        if (_column >= indent)
            return;
        Write(new string(' ', indent - _column));
        _blank = true;
    }

    /// <summary>Ends the document.</summary>
    public void End()
    {
        if (_column > 0)
            Break();
    }

    /// <summary>Writes a scalar; a text that another type would be read from is quoted.</summary>
    public void Scalar(string text, bool isText, int indent, bool isKey)
    {
        var shape = ScalarShape.Of(text);
        var readsBack = YamlScalar.Plain(text, default) is YamlNode.Text && text is not ("=" or "<<");
        if (!isText || (shape.MayBePlain && readsBack))
            Plain(text, indent, fold: !isKey);
        else if (shape.MayBeSingleQuoted)
            SingleQuoted(text, indent, fold: !isKey);
        else
            DoubleQuoted(text, indent, fold: !isKey);
    }

    /// <inheritdoc/>
    public override string ToString() => _out.ToString();

    private void Plain(string text, int indent, bool fold)
    {
        if (!_blank)
            Write(" ");
        (_blank, _indention) = (false, false);
        Words(text, indent, fold, edges: true);
    }

    private void SingleQuoted(string text, int indent, bool fold)
    {
        Indicator("'", spaced: true);
        var lines = text.Split('\n');
        for (var i = 0; i < lines.Length; i++)
        {
            if (i > 0)
                SingleBreak(lines, i, indent);
            Words(lines[i].Replace("'", "''", StringComparison.Ordinal), indent, fold, edges: lines.Length > 1);
        }

        Indicator("'", spaced: false);
    }

    /// <summary>A run of line ends is written one longer than it is: folding takes one away again.</summary>
    private void SingleBreak(string[] lines, int i, int indent)
    {
        if (i == 1 || lines[i - 1].Length > 0)
            Break();
        Break();
        if (i == lines.Length - 1 || lines[i].Length > 0)
            Indent(indent);
    }

    /// <summary>Words, with a line end instead of a single blank once the line is full.</summary>
    private void Words(string text, int indent, bool fold, bool edges)
    {
        var start = 0;
        while (start < text.Length)
        {
            var end = start;
            var blanks = text[start] == ' ';
            while (end < text.Length && text[end] == ' ' == blanks)
                end++;
            var folds = blanks && end == start + 1 && _column > Width && fold
                && (edges || (start > 0 && end < text.Length));
            if (folds)
            {
                Indent(indent);
                (_blank, _indention) = (false, false);
            }
            else
            {
                Write(text[start..end]);
            }

            start = end;
        }
    }

    private void DoubleQuoted(string text, int indent, bool fold)
    {
        Indicator("\"", spaced: true);
        var start = 0;
        for (var end = 0; end <= text.Length; end++)
        {
            var ended = end == text.Length;
            if (ended || text[end] is '"' or '\\' or < ' ' or > '~')
            {
                Write(text[start..end]);
                start = end;
                if (!ended)
                {
                    var length = char.IsSurrogatePair(text, end) ? 2 : 1;
                    Write(Escape(text, end));
                    start = end + length;
                    end += length - 1;
                }
            }

            if (!fold || end <= 0 || end >= text.Length - 1 || !(text[end] == ' ' || start >= end)
                || _column + (end - start) <= Width)
                continue;
            Write(start < end ? text[start..end] + "\\" : "\\");
            start = Math.Max(start, end);
            Indent(indent);
            (_blank, _indention) = (false, false);
            if (text[start] == ' ')
                Write("\\");
        }

        Indicator("\"", spaced: false);
    }

    private static string Escape(string text, int at) => text[at] switch
    {
        '\0' => "\\0",
        '\a' => "\\a",
        '\b' => "\\b",
        '\t' => "\\t",
        '\n' => "\\n",
        '\v' => "\\v",
        '\f' => "\\f",
        '\r' => "\\r",
        '\x1b' => "\\e",
        '"' => "\\\"",
        '\\' => @"\\",
        '\u0085' => "\\N",
        '\u00a0' => "\\_",
        '\u2028' => "\\L",
        '\u2029' => "\\P",
        <= '\u00ff' => $"\\x{(int)text[at]:X2}",
        var c when !char.IsSurrogatePair(text, at) => $"\\u{(int)c:X4}",
        _ => $"\\U{char.ConvertToUtf32(text, at):X8}",
    };

    private void Write(string text)
    {
        _out.Append(text);
        _column += text.Length;
    }

    private void Break()
    {
        _out.Append('\n');
        (_column, _blank, _indention) = (0, true, true);
    }
}
