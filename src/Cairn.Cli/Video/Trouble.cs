namespace Cairn.Cli.Video;

/// <summary>A known trouble of the video pipeline, told from what a failed task said (docs/vda.md, troubles).</summary>
/// <param name="Cause">What is wrong, in one sentence.</param>
/// <param name="Fix">What to do about it.</param>
internal sealed record Trouble(string Cause, string Fix)
{
    /// <summary>How many of the last lines of a log are looked at.</summary>
    public const int Lines = 200;

    /// <summary>The words of each trouble; the first that matches decides, so the more special come first.</summary>
    private static readonly (string[] Words, Trouble Trouble)[] Known =
    [
        (["USER_INPUT_REQUIRED"], new(
            "a credential or a value of the environment is missing", "register the secret that the log names")),
        (["Jinja substitution failure"], new(
            "a value of the graph is missing", "give all values after one --set-string")),
        (["NoCredentialsError", "Unable to locate credentials"], new(
            "the scheme of the storage root does not fit the registered credentials",
            "name the root that the videos were uploaded to: --storage-url URL")),
        (["GatedRepoError", "Cannot access gated repo", "huggingface.co: 401", "huggingface.co: 403"], new(
            "the token is missing, or the model's license is not accepted",
            "accept the licenses of the models with the token's account, then run again")),
        (["429 Client Error", "Too Many Requests"], new(
            "the model host slows down requests without a token", "register the credential hf_token")),
        (["413 Request Entity", "Request Entity Too Large", "HTTP 413"], new(
            "the endpoint refuses videos of this size", "raise the service's body limit (500 MB is usual)")),
        (["manifest unknown", "manifest for"], new(
            "an image's tag is not published", "correct the image table or the graph's image")),
        (["pull access denied", "unauthorized: authentication", "denied: requested access"], new(
            "the registry refuses the image: policy, egress, proxy or visibility",
            "mend the access to the registry; the kind of key is not the reason")),
        (["CUDA out of memory", "CUDA error: out of memory", "KV cache"], new(
            "the GPU's memory is too small for the service's settings",
            "disable CUDA graphs or lower the service's maximum length")),
        (["never answered at", "lists no model"], new(
            "the VLM or LLM service is down, or its URL is wrong",
            "check the service and that its URL ends in /v1 before running again")),
        (["no models--* folder in the cache"], new(
            "the model cache is empty or not wired", "publish the cache: cairn run on graphs/setup_model_cache.yaml")),
        (["cannot be pinned to", "to pin; this cookbook has"], new(
            "a pin names a variable or value that the cookbook does not have", "use one that the log lists")),
        (["not to 1"], new(
            "the weights of a cookbook's variable do not add up to 1", "correct workflow_config.yaml")),
        (["no transform for"], new(
            "the CPU engine has no transform for a value that was drawn",
            "leave the value out of the cookbook, or use another scene")),
        (["reported success and left no augmented_video.mp4"], new(
            "the augmentation ended well without a video", "look at that task's log; its cache may be damaged")),
        (["degraded stages under policy fail"], new(
            "a stage was degraded and the cookbook's policy is fail",
            "set pipeline.empty_output_policy to warn, or mend what the log names")),
        (["Unknown encoder", "Encoder not found"], new(
            "ffmpeg lacks the encoder", "leave video.encoder away for VP9, or install a whole ffmpeg")),
        (["No space left on device", "free some space"], new(
            "the disk is full", "free some space, then: cairn runs retry")),
        (["is not installed", "No module named"], new(
            "a program of the pipeline is missing on this machine", "run pipelines/vda/setup")),
        (["the detector ended"], new(
            "the detector stopped", "run pipelines/vda/setup; with little memory, give the worker more in cairn.yaml")),
        (["no video in", "is the video in the dataset"], new(
            "the dataset has no such video, or the task before left none",
            "upload <video>.mp4 to the dataset, or look at the augmentation task first")),
        (["neither .env nor runtime.env", "the setup task left nothing"], new(
            "the outputs of the setup task are missing", "look at the setup task's log")),
        (["barrier: failed"], new(
            "a worker of the group failed before the barrier", "look at the group's other tasks")),
        (["out of memory", "memory limit", "MiB of memory"], new(
            "a worker needed more memory than it may take",
            "raise memory of its image entry in cairn.yaml, or cut the video with --seconds")),
    ];

    /// <summary>The trouble that lines of a task tell of, or null when none is known.</summary>
    public static Trouble? Of(IEnumerable<string> said)
    {
        var lines = said.TakeLast(Lines).ToList();
        return Known.FirstOrDefault(known => lines.Any(line => known.Words.Any(word =>
            line.Contains(word, StringComparison.OrdinalIgnoreCase)))).Trouble;
    }
}
