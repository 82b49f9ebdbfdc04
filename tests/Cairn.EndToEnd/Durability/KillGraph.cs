using Cairn.EndToEnd.Processes;

namespace Cairn.EndToEnd.Durability;

/// <summary>
/// A graph with groups, a barrier and retries. Every launch of a command writes its task's name and the key of its
/// attempt
/// to a file that lies outside of everything the engine manages.
/// </summary>
internal static class KillGraph
{
    public const string Id = "killed-1";

    /// <summary>
    /// How often each key is written, by task. `sort` and `hand` fail once and are rescheduled: two attempts. When
    /// `hand`
    /// is, `chief` is told to start its command again, in the same attempt: one key, two launches.
    /// </summary>
    public static readonly IReadOnlyDictionary<string, int[]> Launches = new SortedDictionary<string, int[]>(
        StringComparer.Ordinal)
    {
        ["chief"] = [2],
        ["hand"] = [1, 1],
        ["reap"] = [1],
        ["sort"] = [1, 1],
        ["sow"] = [1],
    };

    /// <summary>Writes graph and project; returns the graph's name.</summary>
    public static string Write(Workbench bench)
    {
        bench.AllowEvidence();
        bench.Write("killed.yaml", Text.Replace("EVIDENCE", bench.Evidence));
        return "killed.yaml";
    }

    private const string Text = """
        workflow:
          name: killed
          resources:
            default: {cpu: 1, memory: 64Mi}
          groups:
          - name: begin
            tasks:
            - name: sow
              lead: true
              image: ubuntu:24.04
              volumeMounts: ["EVIDENCE:/evidence"]
              command: [bash, -c]
              args:
              - |
                echo "sow $CAIRN_TASK" >> /evidence/keys
                seq 1 20000 > {{output}}/numbers.txt
          - name: twice
            tasks:
            - name: sort
              lead: true
              image: ubuntu:24.04
              volumeMounts: ["EVIDENCE:/evidence"]
              inputs: [{task: sow}]
              exitActions: {RESCHEDULE: "3"}
              command: [bash, -c]
              args:
              - |
                echo "sort $CAIRN_TASK" >> /evidence/keys
                [ "$(grep -c '^sort ' /evidence/keys)" -ge 2 ] || exit 3
                sort -r {{input:0}}/numbers.txt > {{output}}/sorted.txt
          - name: pair
            barrier: true
            ignoreNonleadStatus: false
            tasks:
            - name: chief
              lead: true
              image: ubuntu:24.04
              volumeMounts: ["EVIDENCE:/evidence"]
              inputs: [{task: sow}]
              outputs: [{url: "cairn://out/{{workflow_id}}/chief"}]
              command: [bash, -c]
              args:
              - |
                echo "chief $CAIRN_TASK" >> /evidence/keys
                until [ "$(grep -c '^chief ' /evidence/keys)" -ge 2 ] && [ "$(grep -c '^hand ' /evidence/keys)" -ge 2 ]
                do sleep 0.05; done
                sha256sum < {{input:0}}/numbers.txt > {{output}}/sum.txt
                until [ -e /evidence/counted ]; do sleep 0.05; done
            - name: hand
              image: ubuntu:24.04
              volumeMounts: ["EVIDENCE:/evidence"]
              inputs: [{task: sow}]
              exitActions: {RESCHEDULE: "3"}
              command: [bash, -c]
              args:
              - |
                echo "hand $CAIRN_TASK" >> /evidence/keys
                until grep -q '^chief ' /evidence/keys; do sleep 0.05; done
                [ "$(grep -c '^hand ' /evidence/keys)" -ge 2 ] || exit 3
                until [ "$(grep -c '^chief ' /evidence/keys)" -ge 2 ]; do sleep 0.05; done
                wc -l < {{input:0}}/numbers.txt > /evidence/counted.part
                mv /evidence/counted.part /evidence/counted
          - name: last
            tasks:
            - name: reap
              lead: true
              image: ubuntu:24.04
              volumeMounts: ["EVIDENCE:/evidence"]
              inputs: [{task: sort}, {task: chief}]
              outputs: [{url: "cairn://out/{{workflow_id}}/reap"}]
              command: [bash, -c]
              args:
              - |
                echo "reap $CAIRN_TASK" >> /evidence/keys
                cat {{input:0}}/sorted.txt {{input:1}}/sum.txt /evidence/counted > {{output}}/whole.txt
        """;
}
