using System.Globalization;
using System.Text;
using Cairn.Flows.Values;
using static Cairn.Flows.Library.Signatures;

namespace Cairn.Flows.Library.Functions;

/// <summary>`text.encode`, `text.decode` and the coding of URLs (spec/workflows.md 3.1).</summary>
internal static class CodingFunctions
{
    private static readonly CallParameter Charset = May("charset", FlowValue.Of("utf-8"), FlowKind.String);
    private static readonly CallParameter Source = Needs("source", FlowKind.String);

    public static PureFunction[] All { get; } =
    [
        Pure("text.decode", Marking.Deep, [Needs("data", FlowKind.Bytes), Charset], Decode),
        Pure("text.encode", Marking.Scalars, [Needs("text", FlowKind.String), Charset], Encode),
        Pure("text.url_decode", Marking.Scalars, [Source], UrlDecode),
        Pure("text.url_encode", Marking.Scalars, [Source], static (in a) => UrlEncode(a, "%20")),
        Pure("text.url_encode_plus", Marking.Scalars, [Source], static (in a) => UrlEncode(a, "+")),
    ];

    private static FlowValue Decode(scoped in Arguments a)
    {
        if (a.IsLenient && a[0].Kind == FlowKind.String)
            return a[0];
        if (a.IsLenient && a[0].Kind is FlowKind.List or FlowKind.Map)
        {
            a.Evaluation.Spend(a[0].Weight);
            return FlowValue.Of(Encoding.UTF8.GetString(PublicJson.Encode(a[0], isLenient: true)));
        }

        try
        {
            return FlowValue.Of(Coding(a).GetString(a.Bytes(0).Span));
        }
        catch (DecoderFallbackException)
        {
            throw a.Refused($"the data is not valid {a[1].AsText()}");
        }
    }

    private static FlowValue Encode(scoped in Arguments a)
    {
        try
        {
            return FlowValue.Of(Coding(a).GetBytes(a.Text(0)).AsMemory());
        }
        catch (EncoderFallbackException)
        {
            throw a.Refused($"the text has characters that {a[1].AsText()} has not");
        }
    }

    private static Encoding Coding(scoped in Arguments a) => a.Text(1).ToUpperInvariant() switch
    {
        "UTF-8" or "UTF8" => new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true),
        "UTF-16" or "UTF-16LE" => new UnicodeEncoding(
            bigEndian: false, byteOrderMark: false, throwOnInvalidBytes: true),
        "UTF-16BE" => new UnicodeEncoding(bigEndian: true, byteOrderMark: false, throwOnInvalidBytes: true),
        "US-ASCII" or "ASCII" => Encoding.GetEncoding(
            "us-ascii", EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback),
        "ISO-8859-1" or "LATIN1" => Encoding.GetEncoding(
            "iso-8859-1", EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback),
        var name => throw a.Refused(
            $"charset {name} is not one of utf-8, utf-16, utf-16le, utf-16be, us-ascii, iso-8859-1"),
    };

    private static FlowValue UrlEncode(scoped in Arguments a, string blank)
    {
        var bytes = Encoding.UTF8.GetBytes(a.Text(0));
        FlowBounds.CheckLength(3L * bytes.Length);
        var text = new StringBuilder(bytes.Length + 16);
        foreach (var part in bytes)
        {
            if (char.IsAsciiLetterOrDigit((char)part) || part is (byte)'.' or (byte)'-' or (byte)'_')
                text.Append((char)part);
            else if (part == ' ')
                text.Append(blank);
            else
                text.Append('%').Append(part.ToString("X2", CultureInfo.InvariantCulture));
        }

        return FlowValue.Of(text.ToString());
    }

    /// <summary>Undoes both codings: `%20` and `+` are blanks.</summary>
    private static FlowValue UrlDecode(scoped in Arguments a)
    {
        var source = Encoding.UTF8.GetBytes(a.Text(0));
        var bytes = new List<byte>(source.Length);
        for (var i = 0; i < source.Length; i++)
        {
            if (source[i] != '%')
            {
                bytes.Add(source[i] == '+' ? (byte)' ' : source[i]);
                continue;
            }

            var digits = i + 2 < source.Length ? source.AsSpan(i + 1, 2) : [];
            if (!byte.TryParse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var part))
                throw a.Refused("% is not followed by two hexadecimal digits");
            bytes.Add(part);
            i += 2;
        }

        return FlowValue.Of(BytesText.TryDecode([.. bytes]) ?? throw a.Refused("the decoded bytes are not UTF-8"));
    }
}
