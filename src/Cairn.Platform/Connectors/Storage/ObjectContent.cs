using System.Buffers.Binary;
using System.Numerics;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Cairn.Flows.Values;
using Cairn.Platform.Connectors.Calls;

namespace Cairn.Platform.Connectors.Storage;

/// <summary>What an insert writes: the bytes, their type, and what is attached (spec/workflows.md 6.4).</summary>
/// <param name="Bytes">The content.</param>
/// <param name="Metadata">The writer's metadata, the type and the checksums.</param>
internal sealed record ObjectContent(byte[] Bytes, IReadOnlyList<KeyValuePair<string, string>> Metadata)
{
    /// <summary>
    /// Of the arguments of an insert. Under the tolerant rules `data` is the content where both are given, and the body
    /// then is the resource (T24).
    /// </summary>
    public static ObjectContent Of(CallArguments arguments)
    {
        var upload = arguments.Text("uploadType");
        if (upload is not (null or "media"))
            throw CallFault.Value($"uploadType should be media, not \"{upload}\"");
        if (arguments.Lenient && arguments.Raw("data") is { } data)
            return Make(Encode(data, lenient: true), arguments.Raw("body") is null ? [] : arguments.Body());
        if (upload is null && arguments.Text("name") is null)
            return Make(([], null), arguments.Body());
        var content = arguments.Raw("body") is { } body ? Encode(body, arguments.Lenient) : ([], null);
        return Make(content, []);
    }

    private static ObjectContent Make((byte[] Bytes, string? Type) content, JsonObject resource)
    {
        List<KeyValuePair<string, string>> metadata = [];
        foreach (var (key, value) in resource["metadata"] as JsonObject ?? [])
            if (!key.StartsWith(ObjectResource.Own, StringComparison.Ordinal))
                metadata.Add(new(key, value?.GetValueKind() == JsonValueKind.String
                    ? value.GetValue<string>() : value?.ToJsonString() ?? ""));
        if ((string?)resource["contentType"] is { } given)
            metadata.Add(new(ObjectResource.TypeKey, given));
        else if (content.Type is { } type)
            metadata.Add(new(ObjectResource.TypeKey, type));
        metadata.Add(new(ObjectResource.Md5Key, Convert.ToBase64String(Md5(content.Bytes))));
        metadata.Add(new(ObjectResource.CrcKey, Crc32C(content.Bytes)));
        return new ObjectContent(content.Bytes, metadata);
    }

    private static (byte[] Bytes, string? Type) Encode(FlowValue value, bool lenient) => value.Kind switch
    {
        FlowKind.Bytes => (value.AsBytes().ToArray(), "application/octet-stream"),
        FlowKind.String => (Encoding.UTF8.GetBytes(value.AsText()), "text/plain"),
        _ => (PublicJson.Encode(value, lenient), "application/json"),
    };

#pragma warning disable CA5351 // The API's own checksum, of no use to an attacker.
    private static byte[] Md5(byte[] bytes) => MD5.HashData(bytes);
#pragma warning restore CA5351

    private static string Crc32C(ReadOnlySpan<byte> bytes)
    {
        Span<byte> text = stackalloc byte[sizeof(uint)];
        BinaryPrimitives.WriteUInt32BigEndian(text, Crc32COf(bytes));
        return Convert.ToBase64String(text);
    }

    /// <summary>The CRC-32C of bytes.</summary>
    internal static uint Crc32COf(ReadOnlySpan<byte> bytes)
    {
        var crc = uint.MaxValue;
        foreach (var one in bytes)
            crc = BitOperations.Crc32C(crc, one);
        return ~crc;
    }
}
