namespace Cairn.Simulation.Flows;

/// <summary>Flows whose every commit is a place to die at.</summary>
internal static class CrashFlows
{
    /// <summary>Flows without ambiguous calls: nothing of a crash may show.</summary>
    public static IReadOnlyDictionary<string, string> Certain { get; } = new SortedDictionary<string, string>
    {
        ["a store is written, read and locked"] = """
            - lock:
                call: googleapis.storage.v1.objects.insert
                args: {bucket: b, name: lock, uploadType: media, body: mine, ifGenerationMatch: 0}
                result: held
            - write:
                for:
                  value: n
                  range: [1, 3]
                  steps:
                    - put:
                        call: googleapis.storage.v1.objects.insert
                        args: {bucket: b, name: '${"part" + n}', uploadType: media, body: '${"text " + n}'}
            - read:
                call: googleapis.storage.v1.objects.get
                args: {bucket: b, object: part2, alt: media}
                result: content
            - done: {return: ["${held.name}", "${content}"]}
            """,
        ["branches sleep, read and share"] = """
            - init: {assign: [{sum: 0}, {seen: {}}]}
            - fan:
                parallel:
                  shared: [sum, seen]
                  concurrency_limit: 2
                  for:
                    value: n
                    index: i
                    in: [3, 1, 2, 5]
                    steps:
                      - nap: {call: sys.sleep, args: {seconds: "${n}"}}
                      - ask: {call: http.get, args: {url: '${"http://h/" + n}'}, result: r}
                      - add: {assign: [{sum: "${sum + n}"}, {"seen[string(i)]": "${r.body.asked}"}]}
            - done: {return: ["${sum}", "${seen}"]}
            """,
        ["an error is retried, a subworkflow decides"] = """
            main:
              steps:
                - init: {assign: [{tries: 0}]}
                - read:
                    try:
                      steps:
                        - count: {assign: [{tries: "${tries + 1}"}]}
                        - get:
                            call: googleapis.storage.v1.objects.get
                            args: {bucket: b, object: none, alt: media}
                    retry:
                      predicate: ${is_missing}
                      max_retries: 3
                      backoff: {initial_delay: 1, max_delay: 9, multiplier: 2}
                    except:
                      as: e
                      steps:
                        - note: {assign: [{code: "${e.code}"}, {tries: "${tries}"}]}
                        - out: {return: ["${tries}", "${code}"]}
            is_missing:
              params: [e]
              steps:
                - say: {call: sys.log, args: {text: '${"code " + e.code}'}}
                - nap: {call: sys.sleep, args: {seconds: 1}}
                - out: {return: "${e.code == 404}"}
            """,
        ["calls inside expressions wait in order"] = """
            main:
              steps:
                - out: {return: '${say("a", 1) + say("b", 2) * (if(say("c", 0) == 0, say("d", 5), 0))}'}
            say:
              params: [word, value]
              steps:
                - log: {call: sys.log, args: {text: "${word}"}}
                - nap: {call: sys.sleep, args: {seconds: 1}}
                - get: {call: http.get, args: {url: '${"http://h/" + word}'}}
                - out: {return: "${value}"}
            """,
        ["a branch fails and the others end"] = """
            - fan:
                try:
                  parallel:
                    branches:
                      - one: {steps: [{a: {call: sys.sleep, args: {seconds: 2}}}, {b: {raise: {code: 7}}}]}
                      - two:
                          steps:
                            - c: {call: http.get, args: {url: "http://h/x"}}
                            - d: {call: sys.sleep, args: {seconds: 3}}
                except:
                  as: e
                  steps:
                    - out: {return: ["${e.tags[0]}", "${e.branches[0].id}", "${e.branches[0].error.payload}"]}
            """,
        ["an error that nobody handles"] = """
            main:
              steps:
                - a: {call: sys.sleep, args: {seconds: 1}}
                - b: {call: sub, args: {m: {}}}
            sub:
              params: [m]
              steps:
                - c: {call: http.get, args: {url: "http://h/x"}}
                - d: {return: "${m.nope}"}
            """,
    };

    /// <summary>A post to a stranger, with a handler for the documented error.</summary>
    public const string Ambiguous = """
        - nap: {call: sys.sleep, args: {seconds: 1}}
        - post:
            try: {call: http.post, args: {url: "http://h/x", body: {n: 1}}, result: r}
            except:
              as: e
              steps:
                - lost: {return: "${e.tags}"}
        - after: {call: sys.sleep, args: {seconds: 1}}
        - done: {return: "${r.body.took.n}"}
        """;
}
