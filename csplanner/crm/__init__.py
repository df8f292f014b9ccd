"""CRM snapshots: read files, propose a mapping, stage, compare and apply. Pure until apply."""
