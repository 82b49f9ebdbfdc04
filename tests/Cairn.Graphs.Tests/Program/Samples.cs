namespace Cairn.Graphs.Tests.Program;

/// <summary>Graphs that tests of the program run.</summary>
internal static class Samples
{
    public const string One = """
        workflow:
          name: g
          tasks:
          - {name: a, image: busybox, command: [x]}
        """;

    /// <summary>a -> b -> c, and d alone.</summary>
    public const string Chain = """
        workflow:
          name: g
          tasks:
          - {name: a, image: busybox, command: [x]}
          - {name: b, image: busybox, command: [x], inputs: [{task: a}]}
          - {name: c, image: busybox, command: [x], inputs: [{task: b}]}
          - {name: d, image: busybox, command: [x]}
        """;

    /// <summary>A group of a lead and two others.</summary>
    public static string Group(bool ignore = true, bool barrier = true, string lead = "", string other = "") => $$"""
        workflow:
          name: g
          groups:
          - name: team
            ignoreNonleadStatus: {{(ignore ? "true" : "false")}}
            barrier: {{(barrier ? "true" : "false")}}
            tasks:
            - {name: lead, image: busybox, command: [x], lead: true{{lead}}}
            - {name: one, image: busybox, command: [x]{{other}}}
            - {name: two, image: busybox, command: [x]{{other}}}
        """;

    public const string Retry = ", exitActions: {RESCHEDULE: 9}";
}
