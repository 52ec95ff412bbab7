"""What the shop's fixed words are called on the screen."""

from liveshop_desk.model.names import kind_name, platform_name, role_name

__all__ = ["kind_name", "platform_name", "role_name"]
