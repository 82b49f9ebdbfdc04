using Cairn.Flows.Compiling;
using YamlDotNet.Core;

namespace Cairn.Flows.Sources;

/// <summary>Reads a flow's source, YAML or JSON, into nodes with places. Bad input becomes findings.</summary>
internal static class SourceReader
{
    /// <summary>The document; null when it is broken, empty or was refused (the findings say why).</summary>
    public static SourceNode? Read(SourceText source, Findings findings)
    {
        var text = source.Text;
        if (Unprintable(text) is { } at)
        {
            findings.Error(at, $"a control character (U+{(int)text[at.Offset]:X4}) cannot stand in a source");
            return null;
        }

        if (JsonSource.Read(text, findings) is { } json)
            return json;
        if (!findings.IsLenient)
            return ReadStrictly(text, findings);
        var edits = LooseText.Edit(text);
        foreach (var span in edits.Replaced)
            findings.Tolerate(
                "T01", span, "an unquoted expression that YAML cannot hold",
                "put the whole ${…} in single quotes");
        return TryRead(text, edits, findings, out var fault) ?? Report(fault, findings);
    }

    private static SourceNode? ReadStrictly(string text, Findings findings)
    {
        var node = TryRead(text, new TextEdits(text), findings, out var fault);
        if (fault is null || node is not null)
            return node;
        var edits = LooseText.Edit(text);
        // The fault may come from an expression that only needs quotes: then that is what to say.
        if (!edits.IsEmpty && TryRead(text, edits, findings.Unheard(), out _) is not null)
        {
            foreach (var span in edits.Replaced)
                findings.Tolerate(
                    "T01", span, "an unquoted expression that YAML cannot hold: it contains ': ', ' #', '{' or a "
                    + "line break",
                    "put the whole ${…} in single quotes");
            return null;
        }

        return Report(fault, findings);
    }

    private static SourceNode? Report(SourceFault? fault, Findings findings)
    {
        if (fault is not null)
            findings.Error(fault.At, fault.Message, fault.Hint);
        return null;
    }

    /// <summary>Null without a fault: there is no document.</summary>
    private static SourceNode? TryRead(string text, TextEdits edits, Findings findings, out SourceFault? fault)
    {
        using var reader = new StringReader(edits.Apply());
        var parser = new Parser(reader);
        fault = null;
        try
        {
            var node = new SourceComposer(parser, edits, findings).Document();
            if (node is null)
                fault = new SourceFault("the source is empty", new SourceSpan(0, 0), "a flow is a list of steps");
            return node;
        }
        catch (SourceFault broken)
        {
            fault = new SourceFault(broken.Message, edits.Original(broken.At), broken.Hint);
        }
        catch (YamlException broken)
        {
            // Of a tab in front of a line the parser says only where the whole map begins.
            var tab = broken.Message.Contains("tab as indentation", StringComparison.Ordinal) ? TabIn(text) : -1;
            fault = new SourceFault(
                Sentence(broken), tab >= 0 ? new SourceSpan(tab, 1) : At(broken.Start, text, edits));
        }
        catch (InvalidOperationException)
        {
            // The parser loses its way in a few flow collections, `[a, -]` among them.
            var mark = parser.Current?.End ?? Mark.Empty;
            fault = new SourceFault("found a character that cannot start a value", At(mark, text, edits));
        }

        return null;
    }

    /// <summary>The first tab that stands before the words of its line, or -1.</summary>
    private static int TabIn(string text)
    {
        for (var at = text.IndexOf('\t'); at >= 0; at = text.IndexOf('\t', at + 1))
        {
            var line = text.LastIndexOf('\n', at) + 1;
            if (text.AsSpan(line, at - line).IndexOfAnyExcept(' ', '\t') < 0)
                return at;
        }

        return -1;
    }

    private static SourceSpan At(in Mark mark, string text, TextEdits edits) =>
        edits.Original(new SourceSpan(Math.Min((int)mark.Index, text.Length), 0));

    private static string Sentence(YamlException broken)
    {
        var inner = broken.InnerException is { } cause ? $"{broken.Message}: {cause.Message}" : broken.Message;
        var message = inner.TrimEnd('.');
        return message.Length > 0 ? char.ToLowerInvariant(message[0]) + message[1..] : "the YAML is broken";
    }

    private static SourceSpan? Unprintable(string text)
    {
        for (var i = 0; i < text.Length; i++)
            if (text[i] < ' ' && text[i] is not ('\n' or '\r' or '\t') || text[i] is '\u007f' or '\uFFFE' or '\uFFFF')
                return new SourceSpan(i, 1);
        return null;
    }
}
