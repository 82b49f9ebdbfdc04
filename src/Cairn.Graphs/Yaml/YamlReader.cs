using YamlDotNet.Core;

namespace Cairn.Graphs.Yaml;

/// <summary>What a text is as YAML 1.1: a node, or one fault.</summary>
/// <param name="Node">The document; null when it is broken.</param>
/// <param name="Message">What is wrong, in one sentence; null when nothing is.</param>
/// <param name="Mark">Where it is wrong.</param>
internal sealed record YamlReading(YamlNode? Node, string? Message, Mark Mark);

/// <summary>Reads one YAML document as PyYAML's safe loader does, with a place for every node.</summary>
internal static class YamlReader
{
    /// <summary>Reads the text; an empty one is None. Never throws on bad input.</summary>
    public static YamlReading Read(string text)
    {
        if (Unprintable(text) is { } odd)
            return odd;
        var plain = text.TrimStart('\uFEFF');
        var reading = Read(FlowLines.Unchanged(plain));
        // Only a text that cannot be read is looked at line by line.
        return reading.Node is null && FlowLines.Moved(plain) is { } moved ? Read(moved) : reading;
    }

    private static YamlReading Read(FlowLines lines)
    {
        using var reader = new StringReader(lines.Text);
        var parser = new Parser(reader);
        try
        {
            return new YamlReading(new YamlComposer(parser, lines).Document(), null, new Mark(1, 1));
        }
        catch (YamlFault fault)
        {
            return new YamlReading(null, fault.Message, fault.Mark);
        }
        catch (YamlException broken)
        {
            return new YamlReading(null, Sentence(broken), lines.At(broken.Start));
        }
        catch (InvalidOperationException)
        {
            // The parser loses its way in a few flow collections, `[a, -]` among them.
            var place = parser.Current is { } current ? lines.At(current.End) : new Mark(1, 1);
            return new YamlReading(null, "found a character that cannot start a value", place);
        }
    }

    private static string Sentence(YamlException broken)
    {
        var message = broken.InnerException is { } inner ? $"{broken.Message}: {inner.Message}" : broken.Message;
        return message.TrimEnd('.');
    }

    /// <summary>The original's reader refuses control characters wherever they stand.</summary>
    private static YamlReading? Unprintable(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (c is (>= ' ' and <= '~') or '\n' or '\t' or '\r' or '\u0085' || (c >= '\u00A0' && c < '\uFFFE'))
            {
                if (!char.IsSurrogate(c))
                    continue;
                if (char.IsHighSurrogate(c) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]))
                {
                    i++;
                    continue;
                }
            }

            var line = text.AsSpan(0, i).Count('\n') + 1;
            var column = i - text.LastIndexOf('\n', Math.Max(i - 1, 0));
            return new YamlReading(
                null, $"special characters are not allowed: #x{(int)c:x4}", new Mark(line, Math.Max(column, 1)));
        }

        return null;
    }
}
