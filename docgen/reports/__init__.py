"""Stage reports: plan and fact of a roadmap, computed from what coordinators sent."""

from docgen.reports.stage import compute_stage

__all__ = ["compute_stage"]
