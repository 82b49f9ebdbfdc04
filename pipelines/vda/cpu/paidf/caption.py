"""Captions by template: the scene's name and the sampled values in a sentence. No model looked at the video."""

from __future__ import annotations

SCENES = {
    "URBAN_INTERSECTION": "A fixed, elevated camera looks down on an urban intersection",
    "OUTDOOR_PIAZZA": "A fixed, elevated camera looks down on an outdoor piazza",
    "TRAILER_DASHCAM": "A wide-angle camera looks back over a moving trailer",
    "INDOOR_WAREHOUSE": "A fixed camera near the floor looks into a warehouse",
    "INDOOR_ROBOT_ASSEMBLY": "A fixed camera looks closely at a robot assembly cell",
}

PHRASES = {
    ("weather", "clear"): "the sky is clear and shadows are crisp",
    ("weather", "overcast"): "clouds cover the sky and the light is flat",
    ("weather", "rain"): "rain falls and the ground is wet",
    ("time_of_day", "morning"): "low warm morning light comes from one side",
    ("time_of_day", "midday"): "the light is the neutral light of midday",
    ("time_of_day", "evening"): "the light is the dim orange light of evening",
    ("lighting", "bright"): "the lamps are bright",
    ("lighting", "moderate"): "the lamps give moderate light",
    ("lighting", "dim"): "the lamps are dim",
    ("surface_condition", "dry"): "the floor is dry",
    ("surface_condition", "wet"): "the floor is wet and mirrors its surroundings",
}


def write(scene: str, selections: dict[str, str]) -> str:
    """One paragraph from the scene id of workflow_config.yaml (or any text) and the sampled values."""
    opening = SCENES.get(scene, f"A camera records the scene {scene or 'of the source video'}")
    phrases = [PHRASES.get(item, f"{item[0].replace('_', ' ')} is {item[1]}") for item in selections.items()]
    if not phrases:
        return f"{opening}."
    return f"{opening}; {', '.join(phrases)}. Objects, viewpoint and motion are those of the source."
