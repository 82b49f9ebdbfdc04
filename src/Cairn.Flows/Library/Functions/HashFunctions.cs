using System.Security.Cryptography;
using Cairn.Flows.Values;
using static Cairn.Flows.Library.Signatures;

namespace Cairn.Flows.Library.Functions;

/// <summary>`base64.*` and `hash.*` (spec/workflows.md 3.1).</summary>
internal static class HashFunctions
{
    private static readonly CallParameter Data = Needs("data", FlowKind.Bytes);
    private static readonly CallParameter Algorithm = Needs("algorithm", FlowKind.String);
    private static readonly CallParameter Padding = May("padding", FlowValue.True, FlowKind.Boolean);

    public static PureFunction[] All { get; } =
    [
        Pure("base64.decode", Marking.Scalars, [Needs("data", FlowKind.String, FlowKind.Bytes), Padding], Decode),
        Pure("base64.encode", Marking.Scalars, [Data, Padding], Encode),
        Pure("hash.compute_checksum", Marking.Scalars, [Data, Algorithm], static (in a) =>
            FlowValue.Of(Checksum(a, a.Text(1), a.BytesOrText(0)).AsMemory())),
        Pure("hash.compute_hmac", Marking.Scalars, [Needs("key", FlowKind.Bytes), Data, Algorithm], static (in a) =>
            FlowValue.Of(Hmac(a, a.Text(2), a.BytesOrText(0), a.BytesOrText(1)).AsMemory())),
    ];

    private static FlowValue Encode(scoped in Arguments a)
    {
        var text = Convert.ToBase64String(a.BytesOrText(0).Span);
        return FlowValue.Of(a.Flag(1) ? text : text.TrimEnd('='));
    }

    private static FlowValue Decode(scoped in Arguments a)
    {
        var text = a[0].Kind == FlowKind.Bytes
            ? System.Text.Encoding.Latin1.GetString(a.Bytes(0).Span)
            : a[0].Kind == FlowKind.String ? a.Text(0) : throw a.Wrong(0, "a string or bytes");
        if (!a.Flag(1))
        {
            if (text.EndsWith('='))
                throw a.Refused("the data is padded, and padding is false");
            text = text.PadRight((text.Length + 3) / 4 * 4, '=');
        }

        var bytes = new byte[(text.Length / 4 * 3) + 3];
        // .NET would skip blanks, which are no base64.
        var isValid = text.AsSpan().IndexOfAny(" \t\r\n") < 0 && Convert.TryFromBase64String(text, bytes, out _);
        Convert.TryFromBase64String(text, bytes, out var size);
        return isValid ? FlowValue.Of(bytes.AsMemory(0, size)) : throw a.Refused("the data is not valid base64");
    }

#pragma warning disable CA5350, CA5351 // The language offers MD5 and SHA1 by name; flows use them as fingerprints.
    private static byte[] Checksum(scoped in Arguments a, string algorithm, ReadOnlyMemory<byte> data) =>
        algorithm switch
        {
            "MD5" => MD5.HashData(data.Span),
            "SHA1" => SHA1.HashData(data.Span),
            "SHA224" => Sha224.HashData(data.Span),
            "SHA256" => SHA256.HashData(data.Span),
            "SHA384" => SHA384.HashData(data.Span),
            "SHA512" => SHA512.HashData(data.Span),
            _ => throw Unknown(a, algorithm),
        };

    private static byte[] Hmac(
        scoped in Arguments a, string algorithm, ReadOnlyMemory<byte> key, ReadOnlyMemory<byte> data) =>
        algorithm switch
        {
            "MD5" => HMACMD5.HashData(key.Span, data.Span),
            "SHA1" => HMACSHA1.HashData(key.Span, data.Span),
            "SHA224" => Sha224.HmacData(key.Span, data.Span),
            "SHA256" => HMACSHA256.HashData(key.Span, data.Span),
            "SHA384" => HMACSHA384.HashData(key.Span, data.Span),
            "SHA512" => HMACSHA512.HashData(key.Span, data.Span),
            _ => throw Unknown(a, algorithm),
        };
#pragma warning restore CA5350, CA5351

    private static FlowError Unknown(scoped in Arguments a, string algorithm) => a.Refused(
        $"algorithm {algorithm} is not one of MD5, SHA1, SHA224, SHA256, SHA384, SHA512");
}
