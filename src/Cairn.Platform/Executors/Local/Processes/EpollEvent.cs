using System.Runtime.InteropServices;

namespace Cairn.Platform.Executors.Local.Processes;

/// <summary>The kernel's `struct epoll_event`: packed on x86-64, naturally aligned elsewhere.</summary>
/// <remarks>
/// The two layouts differ only in four bytes of padding before the data, so the data is kept in both words and read
/// according to the architecture.
/// </remarks>
[StructLayout(LayoutKind.Sequential, Pack = 4)]
internal struct EpollEvent
{
    private static readonly bool s_packed = RuntimeInformation.ProcessArchitecture == Architecture.X64;

    private uint _events;
    private int _first;
    private int _second;
    private int _third;

    /// <summary>An event mask with a number to recognise it by.</summary>
    public static EpollEvent Of(uint events, int number) =>
        s_packed
            ? new EpollEvent { _events = events, _first = number }
            : new EpollEvent { _events = events, _second = number };

    /// <summary>The number that was given.</summary>
    public readonly int Number => s_packed ? _first : _second;
}
