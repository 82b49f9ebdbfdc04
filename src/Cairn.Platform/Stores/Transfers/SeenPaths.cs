namespace Cairn.Platform.Stores.Transfers;

/// <summary>Resolves symbolic links as the one who made them saw the folders.</summary>
internal static class SeenPaths
{
    private const int MostLinks = 40;

    /// <summary>
    /// The real path that a link means, or null when it is broken, a loop, or leads out of the folders seen. With no
    /// folders given, the host's own view.
    /// </summary>
    internal static string? Resolve(string link, IReadOnlyList<SeenFolder> seen)
    {
        if (seen.Count > 0)
            return Walk(link, seen);
        try
        {
            return File.ResolveLinkTarget(link, returnFinalTarget: true) is { } target && Path.Exists(target.FullName)
                ? target.FullName
                : null;
        }
        catch (IOException)
        {
            return null;
        }
    }

    // Part by part, as the kernel would: a link in the middle of a target leads on, too.
    private static string? Walk(string link, IReadOnlyList<SeenFolder> seen)
    {
        var todo = new Stack<string>();
        if (InTask(link, seen) is not { } start)
            return null;
        Push(todo, start);
        var links = 0;
        var at = "/";
        while (todo.Count > 0)
        {
            var part = todo.Pop();
            if (part == "..")
            {
                at = Path.GetDirectoryName(at) ?? "/";
                continue;
            }

            var next = Path.Combine(at, part);
            if (OnHost(next, seen) is { } host && new FileInfo(host).LinkTarget is { } target)
            {
                if (++links > MostLinks)
                    return null;
                if (target.StartsWith('/'))
                    at = "/";
                Push(todo, target);
                continue;
            }

            at = next;
        }

        return OnHost(at, seen) is { } found && Path.Exists(found) ? found : null;
    }

    private static void Push(Stack<string> todo, string path)
    {
        foreach (var part in path.Split('/').Reverse())
            if (part.Length > 0 && part != ".")
                todo.Push(part);
    }

    private static string? InTask(string host, IReadOnlyList<SeenFolder> seen) =>
        Move(host, seen.OrderByDescending(folder => folder.OnHost.Length).Select(
            folder => (folder.OnHost, folder.InTask)));

    private static string? OnHost(string inTask, IReadOnlyList<SeenFolder> seen) =>
        Move(inTask,
            seen.OrderByDescending(folder => folder.InTask.Length).Select(folder => (folder.InTask, folder.OnHost)));

    private static string? Move(string path, IEnumerable<(string From, string To)> folders)
    {
        foreach (var (from, to) in folders)
        {
            if (path == from)
                return to;
            if (path.StartsWith(from + "/", StringComparison.Ordinal))
                return to + path[from.Length..];
        }

        return null;
    }
}
