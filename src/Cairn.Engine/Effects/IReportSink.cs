namespace Cairn.Engine.Effects;

/// <summary>Where performers report. Safe from any thread; never blocks on the engine.</summary>
public interface IReportSink
{
    /// <summary>A report about an order. Recorded, and ignored when the effect or issue is no longer current.</summary>
    void Report(EffectKey effect, int issue, Report report);

    /// <summary>Capacity of a performer was freed: waiting gangs are offered again.</summary>
    void Freed(string kind);
}
