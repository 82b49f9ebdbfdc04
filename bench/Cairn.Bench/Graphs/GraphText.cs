namespace Cairn.Bench.Graphs;

/// <summary>The graph that both sides render: 2,000 tasks made by a loop, a macro, filters and conditions.</summary>
internal static class GraphText
{
    /// <summary>How many tasks it has once rendered.</summary>
    public const int Tasks = 2000;

    /// <summary>The file.</summary>
    public const string Text =
        """
        workflow:
          name: bench-{{ run }}
          resources:
            default: {cpu: 1, memory: 1Gi, storage: 1Gi}
            big:
              cpu: {{ cpus * 2 }}
              memory: {{ cpus * 4 }}Gi
              storage: 2Gi
          tasks:
        {%- macro variable(name, value) %}
              {{ name | upper }}: "{{ value }}"
        {%- endmacro %}
        {%- for i in range(count) %}
          {%- set shard = i % shards %}
          - name: task-{{ "%05d" | format(i) }}
            image: {{ image }}:{{ tag | default("latest") }}
            command: ["bash", "-c"]
            args:
              - "process --shard {{ shard }} --of {{ shards }} --name {{ names[i % names | length] | title }}"
            resource: {{ "big" if i % 7 == 0 else "default" }}
            environment:
              {{- variable("shard", shard) }}
              {{- variable("mode", modes[shard % 3].kind | lower | replace("_", "-")) }}
          {%- if i > 0 and i % 10 != 0 %}
            inputs:
              - task: task-{{ "%05d" | format(i - 1) }}
          {%- endif %}
        {%- endfor %}
        default-values:
          run: one
          cpus: 2
          count: 2000
          shards: 16
          image: ubuntu
          tag: "24.04"
          names: [alpha one, beta two, gamma three]
          modes: [{kind: FAST_A}, {kind: SLOW_B}, {kind: OTHER}]

        """;
}
