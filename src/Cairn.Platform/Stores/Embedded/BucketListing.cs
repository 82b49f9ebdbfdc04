using Microsoft.Data.Sqlite;

namespace Cairn.Platform.Stores.Embedded;

/// <summary>Pages of a bucket, by range queries: a folded prefix is skipped, not read through.</summary>
internal static class BucketListing
{
    internal static ListPage Page(BucketRows rows, SqliteConnection reader, ListQuery query)
    {
        var limit = Math.Clamp(query.Limit, 1, ListQuery.LargestPage);
        var before = ObjectKey.After(query.Prefix);
        return query.Delimiter is { Length: > 0 } delimiter
            ? Folded(rows, reader, query, delimiter, before, limit)
            : Plain(rows, reader, query, before, limit);
    }

    private static ListPage Plain(
        BucketRows rows, SqliteConnection reader, ListQuery query, string? before, int limit)
    {
        var (from, exclusive) = Start(query);
        var found = rows.Range(reader, from, exclusive, before, limit + 1);
        if (found.Count <= limit)
            return new ListPage(found, [], null);
        found.RemoveAt(limit);
        return new ListPage(found, [], found[^1].Key);
    }

    private static ListPage Folded(
        BucketRows rows, SqliteConnection reader, ListQuery query, string delimiter, string? before, int limit)
    {
        var objects = new List<StoredObject>();
        var prefixes = new List<string>();
        var (from, exclusive) = Start(query);
        if (query.After is { } after && IsFold(after, query.Prefix, delimiter))
            (from, exclusive) = (ObjectKey.After(after) ?? after, false);
        string? last = null;
        while (rows.Range(reader, from, exclusive, before, 1) is [var next])
        {
            if (objects.Count + prefixes.Count == limit)
                return new ListPage(objects, prefixes, last);
            var cut = next.Key.IndexOf(delimiter, query.Prefix.Length, StringComparison.Ordinal);
            if (cut < 0)
            {
                objects.Add(next);
                (last, from, exclusive) = (next.Key, next.Key, true);
                continue;
            }

            last = next.Key[..(cut + delimiter.Length)];
            prefixes.Add(last);
            if (ObjectKey.After(last) is not { } beyond)
                break;
            (from, exclusive) = (beyond, false);
        }

        return new ListPage(objects, prefixes, null);
    }

    private static bool IsFold(string after, string prefix, string delimiter) =>
        after.Length > prefix.Length && after.EndsWith(delimiter, StringComparison.Ordinal);

    private static (string From, bool Exclusive) Start(ListQuery query) =>
        query.After is { } after && ObjectKey.Compare(after, query.Prefix) > 0
            ? (after, true)
            : (query.Prefix, false);
}
