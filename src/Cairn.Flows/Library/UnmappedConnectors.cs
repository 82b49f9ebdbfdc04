namespace Cairn.Flows.Library;

/// <summary>
/// Methods of the original's connectors that flows use and Cairn does not perform: refused by name, not as unknown
/// (spec/workflows.md 6.3, 6.5). A whole service stands with a `*`.
/// </summary>
internal static class UnmappedConnectors
{
    private static readonly string[] Patterns =
    [
        "aiplatform.v1.*", "aiplatform.v1beta1.*", "apigateway.v1.*", "artifactregistry.v1.*", "batch.v1.*",
        "bigquery.v2.*", "bigquerydatatransfer.v1.*", "cloudbuild.v1.*", "cloudfunctions.v1.*", "cloudfunctions.v2.*",
        "cloudkms.v1.*", "cloudresourcemanager.v3.*", "cloudscheduler.v1.*", "cloudtasks.v2.*", "cloudtasks.v2beta3.*",
        "compute.v1.*", "container.v1.*", "dataflow.v1b3.*", "dataform.v1beta1.*", "dataproc.v1.*", "datastore.v1.*",
        "dns.v1.*", "documentai.v1.*", "eventarc.v1.*", "firestore.v1.*", "forms.v1.*", "healthcare.v1.*", "iam.v1.*",
        "integrations.v1.*", "integrations.v2.*", "language.v1.*", "logging.v2.*", "ml.v1.*", "monitoring.v1.*",
        "monitoring.v3.*", "networkmanagement.v1.*", "notebooks.v1.*", "pubsub.v1.*", "redis.v1.*", "run.v1.*",
        "run.v2.*", "secretmanager.v1.*", "servicedirectory.v1.*", "serviceusage.v1.*", "sheets.v4.*", "spanner.v1.*",
        "speech.v1.*", "sqladmin.v1.*", "sqladmin.v1beta4.*", "storage.v1.*", "storagetransfer.v1.*", "tasks.v1.*",
        "texttospeech.v1.*", "transcoder.v1.*", "translate.v2.*", "translate.v3.*", "videointelligence.v1.*",
        "vision.v1.*", "workflowexecutions.v1.*", "workflows.v1.*",
    ];

    /// <summary>Functions of the library that need a cluster of their own.</summary>
    private static readonly string[] Functions =
    [
        "gke.request", "gke.create_job", "gke.await_job", "gke.delete_job",
    ];

    /// <summary>Whether the original may know a name that has no signature here.</summary>
    public static bool Knows(string name) => Functions.Contains(name)
        || Patterns.Any(pattern => name.StartsWith($"googleapis.{pattern[..^1]}", StringComparison.Ordinal));
}
