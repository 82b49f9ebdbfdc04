using System.Net.Sockets;
using System.Text;
using System.Text.Json;

namespace Cairn.Conformance.Worlds;

/// <summary>A request as the server got it.</summary>
internal sealed record WebRequest(
    string Method, string Target, IReadOnlyList<KeyValuePair<string, string>> Headers, byte[] Body)
{
    public string Path => Target.Split('?')[0];

    /// <summary>The next request of a connection; null: the client is done.</summary>
    public static async Task<WebRequest?> ReadAsync(NetworkStream stream, CancellationToken stopping)
    {
        if (await LineAsync(stream, stopping) is not { } first) return null;
        var words = first.Split(' ');
        List<KeyValuePair<string, string>> headers = [];
        while (await LineAsync(stream, stopping) is { Length: > 0 } line)
        {
            var colon = line.IndexOf(':');
            headers.Add(KeyValuePair.Create(line[..colon], line[(colon + 1)..].Trim()));
        }

        return new WebRequest(words[0], words[1], headers, await BodyAsync(stream, headers, stopping));
    }

    /// <summary>What /echo answers: canonical header names, all values of the query as lists.</summary>
    public string ToJson()
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("method", Method);
            json.WriteString("path", Path);
            json.WriteStartObject("query");
            foreach (var field in Query().GroupBy(pair => pair.Key))
            {
                json.WriteStartArray(field.Key);
                foreach (var pair in field) json.WriteStringValue(pair.Value);
                json.WriteEndArray();
            }

            json.WriteEndObject();
            json.WriteStartObject("headers");
            foreach (var header in Headers.GroupBy(header => Canonical(header.Key)))
                json.WriteString(header.Key, string.Join(", ", header.Select(one => one.Value)));
            json.WriteEndObject();
            json.WriteString("body", Encoding.UTF8.GetString(Body));
            json.WriteBase64String("bytes", Body);
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.ToArray());
    }

    private IEnumerable<KeyValuePair<string, string>> Query() =>
        (Target.Contains('?') ? Target[(Target.IndexOf('?') + 1)..] : "")
            .Split('&', StringSplitOptions.RemoveEmptyEntries)
            .Select(pair => pair.Split('=', 2))
            .Select(pair => KeyValuePair.Create(Decoded(pair[0]), pair.Length > 1 ? Decoded(pair[1]) : ""));

    private static string Decoded(string text) => Uri.UnescapeDataString(text.Replace('+', ' '));

    private static string Canonical(string name) => string.Join('-', name.Split('-').Select(
        part => part.Length == 0 ? part : char.ToUpperInvariant(part[0]) + part[1..].ToLowerInvariant()));

    private static async Task<byte[]> BodyAsync(
        NetworkStream stream, List<KeyValuePair<string, string>> headers, CancellationToken stopping)
    {
        string? Header(string name) =>
            headers.FirstOrDefault(header => header.Key.Equals(name, StringComparison.OrdinalIgnoreCase)).Value;
        if (Header("Transfer-Encoding") == "chunked")
        {
            List<byte> body = [];
            while (Convert.ToInt32(await LineAsync(stream, stopping), 16) is > 0 and var size)
            {
                body.AddRange(await BytesAsync(stream, size, stopping));
                await LineAsync(stream, stopping);
            }

            await LineAsync(stream, stopping);
            return [.. body];
        }

        return await BytesAsync(stream, int.Parse(Header("Content-Length") ?? "0"), stopping);
    }

    private static async Task<byte[]> BytesAsync(NetworkStream stream, int count, CancellationToken stopping)
    {
        var bytes = new byte[count];
        await stream.ReadExactlyAsync(bytes, stopping);
        return bytes;
    }

    private static async Task<string?> LineAsync(NetworkStream stream, CancellationToken stopping)
    {
        List<byte> line = [];
        var one = new byte[1];
        while (await stream.ReadAsync(one, stopping) == 1)
        {
            if (one[0] == '\n') return Encoding.UTF8.GetString([.. line]).TrimEnd('\r');
            line.Add(one[0]);
        }

        return null;
    }
}
