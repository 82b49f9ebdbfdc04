using System.Text;
using Cairn.Platform.Connectors.Calls;
using Cairn.Platform.Stores;

namespace Cairn.Platform.Connectors.Storage;

/// <summary>Pages of a listing as the storage API asks for them.</summary>
internal static class ObjectPages
{
    /// <summary>One page; its <see cref="ListPage.Next"/> is a page token.</summary>
    public static async ValueTask<ListPage> Read(IObjectStore store, CallArguments arguments, CancellationToken cancel)
    {
        var limit = (int)Math.Clamp(arguments.Whole("maxResults") ?? ListQuery.LargestPage, 1, ListQuery.LargestPage);
        var (start, end) = (arguments.Text("startOffset"), arguments.Text("endOffset"));
        var query = new ListQuery
        {
            Prefix = arguments.Text("prefix") ?? "",
            Delimiter = arguments.Text("delimiter") is { Length: > 0 } delimiter ? delimiter : null,
            After = arguments.Text("pageToken") is { Length: > 0 } token ? Open(token) : Before(start),
            Limit = limit,
        };
        while (true)
        {
            var page = await store.List(query, cancel);
            var objects = page.Objects.Where(one => Within(one.Key, start, end)).ToList();
            var prefixes = page.Prefixes.Where(one => Within(one, start, end)).ToList();
            var isOver = page.Next is null || (end is not null && ObjectKey.Compare(page.Next, end) >= 0);
            // A page of nothing but names before the offset is not worth a round trip of the flow.
            if (objects.Count + prefixes.Count > 0 || isOver)
                return new ListPage(objects, prefixes, isOver ? null : Seal(page.Next!));
            query = query with { After = page.Next };
        }
    }

    private static bool Within(string key, string? start, string? end) =>
        (start is null || ObjectKey.Compare(key, start) >= 0) && (end is null || ObjectKey.Compare(key, end) < 0);

    // A place just before the offset: the offset without its last character, so that few names are read in vain.
    private static string? Before(string? start) => start is { Length: > 1 } ? start[..^1] : null;

    private static string Seal(string after) => Convert.ToBase64String(Encoding.UTF8.GetBytes(after));

    private static string Open(string token)
    {
        var bytes = new byte[token.Length];
        return Convert.TryFromBase64String(token, bytes, out var size)
            ? Encoding.UTF8.GetString(bytes, 0, size)
            : throw CallFault.Bad($"Invalid value for pageToken: {token}");
    }
}
