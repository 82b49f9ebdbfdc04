import sys

print("training", sys.argv, "{{workflow_id}}")
