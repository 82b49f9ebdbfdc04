using System.Text;

namespace Cairn.Flows.Values;

/// <summary>Bytes where a text is needed, under leniency (T13): the text they are in UTF-8, else base64.</summary>
public static class BytesText
{
    private static readonly UTF8Encoding Strict =
        new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>The text.</summary>
    public static string Of(ReadOnlySpan<byte> bytes) => TryDecode(bytes) ?? Convert.ToBase64String(bytes);

    /// <summary>The text that bytes are in UTF-8, or null.</summary>
    internal static string? TryDecode(ReadOnlySpan<byte> bytes)
    {
        try
        {
            return Strict.GetString(bytes);
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }
}
