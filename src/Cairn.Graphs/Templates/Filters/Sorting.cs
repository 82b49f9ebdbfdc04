using Cairn.Graphs.Templates.Values;

namespace Cairn.Graphs.Templates.Filters;

/// <summary>Python's sorted: stable, and for short lists the same comparisons in the same order, for their
/// errors.</summary>
internal static class Sorting
{
    private const int InsertionLimit = 64;

    public static List<PyValue> Sorted(
        IReadOnlyList<PyValue> items, Func<PyValue, PyValue> key, bool isReverse, Fuel fuel)
    {
        var entries = items.Select(item => (Key: key(item), Item: item)).ToArray();
        if (isReverse)
            Array.Reverse(entries);
        bool Less((PyValue Key, PyValue Item) left, (PyValue Key, PyValue Item) right)
        {
            fuel.Spend();
            return Comparison.Ordered("<", left.Key, right.Key, fuel);
        }

        Sort(entries, Less);
        if (isReverse)
            Array.Reverse(entries);
        return entries.Select(static entry => entry.Item).ToList();
    }

    private static void Sort<T>(T[] entries, Func<T, T, bool> less)
    {
        if (entries.Length < InsertionLimit)
            Insert(entries, less);
        else
            Merge(entries, less);
    }

    /// <summary>The sorted run at the start, turned round where it falls, then binary insertion of the rest.</summary>
    private static void Insert<T>(T[] entries, Func<T, T, bool> less)
    {
        if (entries.Length < 2)
            return;
        var run = 2;
        if (less(entries[1], entries[0]))
        {
            while (run < entries.Length && less(entries[run], entries[run - 1]))
                run++;
            Array.Reverse(entries, 0, run);
        }
        else
        {
            while (run < entries.Length && !less(entries[run], entries[run - 1]))
                run++;
        }

        for (var i = run; i < entries.Length; i++)
        {
            var pivot = entries[i];
            var low = 0;
            var high = i;
            while (low < high)
            {
                var middle = low + ((high - low) >> 1);
                if (less(pivot, entries[middle]))
                    high = middle;
                else
                    low = middle + 1;
            }

            Array.Copy(entries, low, entries, low + 1, i - low);
            entries[low] = pivot;
        }
    }

    private static void Merge<T>(T[] entries, Func<T, T, bool> less)
    {
        var left = entries[..(entries.Length / 2)];
        var right = entries[(entries.Length / 2)..];
        Sort(left, less);
        Sort(right, less);
        for (int i = 0, l = 0, r = 0; i < entries.Length; i++)
        {
            var takeRight = l == left.Length || (r < right.Length && less(right[r], left[l]));
            entries[i] = takeRight ? right[r++] : left[l++];
        }
    }
}
