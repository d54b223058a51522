"""World -> the JSON of Discord's REST API and gateway."""

from typing import Any

from discord import Permissions

from tests.discord.interaction import AUTOCOMPLETE, COMMAND, COMPONENT, Interaction
from tests.discord.world import BY_COMMAND, BY_MENU, DM, THREAD, Channel, Guild, Member, Message, Role, User, World

Json = dict[str, Any]
ATTACHMENT_BYTES = 10 * 1024 * 1024


def user_json(user: User) -> Json:
    return {
        "id": str(user.id), "username": user.name, "discriminator": "0", "global_name": user.name, "avatar": None,
        "bot": user.bot, "public_flags": 0, "flags": 0, "primary_guild": None,
    }  # fmt: skip


def own_user_json(user: User) -> Json:
    return user_json(user) | {"mfa_enabled": False, "locale": "en-US", "verified": True, "email": None}


def role_json(role: Role) -> Json:
    colors = {"primary_color": 0, "secondary_color": None, "tertiary_color": None}
    return {
        "id": str(role.id), "name": role.name, "color": 0, "colors": colors, "hoist": False, "position": 0,
        "permissions": str(role.permissions.value), "managed": False, "mentionable": False, "flags": 0,
    }  # fmt: skip


def member_json(member: Member, *, with_user: bool = True) -> Json:
    form: Json = {
        "deaf": False, "mute": False, "flags": 0, "joined_at": member.joined_at, "nick": None, "avatar": None,
        "pending": False, "roles": [str(role.id) for role in member.roles],
    }  # fmt: skip
    return form | ({"user": user_json(member.user)} if with_user else {})


def channel_json(channel: Channel) -> Json:
    if channel.kind == DM:
        recipients = [user_json(channel.recipient)] if channel.recipient else []
        return {"id": str(channel.id), "type": DM, "name": None, "flags": 0, "recipients": recipients}
    if channel.kind == THREAD:
        return thread_json(channel)
    overwrites = [
        {"id": str(bearer), "type": int(bearer not in (channel.guild.roles if channel.guild else {})),
         "allow": "0", "deny": str(denied.value)}
        for bearer, denied in channel.denied.items()
    ]  # fmt: skip
    return {
        "id": str(channel.id), "type": channel.kind, "guild_id": str(channel.guild_id), "name": channel.name,
        "position": 0, "flags": 0, "parent_id": None, "permission_overwrites": overwrites, "nsfw": False,
        "rate_limit_per_user": 0, "topic": None, "last_message_id": None,
    }  # fmt: skip


def thread_json(thread: Channel) -> Json:
    assert thread.parent is not None
    metadata = {
        "archived": False, "archive_timestamp": "2026-01-01T00:00:00+00:00", "auto_archive_duration": 1440,
        "locked": False, "create_timestamp": "2026-01-01T00:00:00+00:00",
    }  # fmt: skip
    return {
        "id": str(thread.id), "type": THREAD, "guild_id": str(thread.guild_id), "parent_id": str(thread.parent.id),
        "name": thread.name, "owner_id": str(thread.owner_id), "flags": 0, "rate_limit_per_user": 0,
        "message_count": len(thread.messages), "member_count": 1, "total_message_sent": len(thread.messages),
        "thread_metadata": metadata, "last_message_id": None, "applied_tags": [],
    }  # fmt: skip


def guild_json(guild: Guild, me: User) -> Json:
    """Describe a server as GUILD_CREATE does; of its members only the bot, as without the intent to see more."""
    nothing = ("afk_channel_id application_id banner description discovery_splash hub_type icon incidents_data "
               "public_updates_channel_id rules_channel_id safety_alerts_channel_id splash system_channel_id "
               "vanity_url_code").split()  # fmt: skip
    empty = "emojis features guild_scheduled_events presences soundboard_sounds stage_instances voice_states".split()
    zero = ("afk_timeout default_message_notifications explicit_content_filter mfa_level nsfw_level premium_tier "
            "system_channel_flags verification_level").split()  # fmt: skip
    here = [thread for channel in guild.channels.values() for thread in _threads_of(channel)]
    return {
        **dict.fromkeys(nothing), **{name: [] for name in empty}, **dict.fromkeys(zero, 0),
        "id": str(guild.id), "name": guild.name, "owner_id": str(guild.owner.id), "large": False,
        "joined_at": guild.members[me.id].joined_at, "member_count": len(guild.members), "stickers": [],
        "members": [member_json(guild.members[me.id])], "roles": [role_json(role) for role in guild.roles.values()],
        "channels": [channel_json(channel) for channel in guild.channels.values()],
        "threads": [thread_json(thread) for thread in here], "preferred_locale": "en-US",
        "premium_progress_bar_enabled": False, "unavailable": False, "afk_timeout": 300,
    }  # fmt: skip


def _threads_of(channel: Channel) -> list[Channel]:
    return [one.thread for one in channel.messages.values() if one.thread]


def message_json(message: Message, world: World, *, nested: bool = False) -> Json:
    """Describe a message as REST does."""
    form: Json = {
        "id": str(message.id), "channel_id": str(message.channel.id), "type": message.kind, "tts": False,
        "author": user_json(message.author), "content": message.content, "timestamp": message.timestamp,
        "edited_timestamp": message.edited, "mention_everyone": False, "mention_roles": [], "pinned": False,
        "mentions": [user_json(one) for one in message.mentions], "embeds": message.embeds, "flags": message.flags,
        "attachments": message.attachments, "components": message.components,
    }  # fmt: skip
    if message.nonce is not None:
        form["nonce"] = message.nonce
    if message.reference is not None and not nested:
        form |= _reference_json(message, world)
    if message.by_interaction is not None:
        form["application_id"] = form["webhook_id"] = str(world.application_id)
        form["interaction_metadata"] = _metadata_json(message.by_interaction)
    if message.thread and not nested:
        form["thread"] = thread_json(message.thread)
    return form


def _reference_json(message: Message, world: World) -> Json:
    reference = {"type": 0, "channel_id": str(message.channel.id), "message_id": str(message.reference)}
    if message.channel.guild_id:
        reference["guild_id"] = str(message.channel.guild_id)
    held = message.channel.messages.get(message.reference or 0)
    told = message_json(held, world, nested=True) if held and not held.deleted else None
    return {"message_reference": reference, "referenced_message": told}


def _metadata_json(interaction: Interaction) -> Json:
    form: Json = {
        "id": str(interaction.id), "type": interaction.kind, "user": user_json(interaction.user),
        "authorizing_integration_owners": _owners(interaction.channel),
    }  # fmt: skip
    if interaction.kind == COMPONENT and interaction.message:
        form["interacted_message_id"] = str(interaction.message.id)
    if interaction.kind not in (COMMAND, COMPONENT, AUTOCOMPLETE):
        form["triggering_interaction_metadata"] = {
            "id": str(interaction.id), "type": COMMAND, "user": user_json(interaction.user),
            "authorizing_integration_owners": _owners(interaction.channel),
        }  # fmt: skip
    return form


def message_event(message: Message, world: World, *, sees_content: bool) -> Json:
    """Describe a message as the gateway does, without its content where the bot may not see it."""
    form = message_json(message, world)
    if not (sees_content or _addressed(message, world)):
        form |= {"content": "", "embeds": [], "attachments": [], "components": []}
    told = form.get("referenced_message")
    if told and not (sees_content or not message.channel.guild or told["author"]["id"] == str(world.bot.id)):
        form["referenced_message"] = told | {"content": "", "embeds": [], "attachments": [], "components": []}
    guild = message.channel.guild
    if guild is None:
        return form
    form |= {"guild_id": str(guild.id), "channel_type": message.channel.kind}
    if message.author.id in guild.members and message.by_interaction is None:
        form["member"] = member_json(guild.members[message.author.id], with_user=False)
    return _with_mentioned_members(form, message, guild)


def _addressed(message: Message, world: World) -> bool:
    """Whether the bot sees a message's content without the intent. Source: Discord, "Message Content Intent"."""
    return message.channel.guild is None or world.bot in (message.author, *message.mentions)


def _with_mentioned_members(form: Json, message: Message, guild: Guild) -> Json:
    form["mentions"] = [
        user_json(one) | ({"member": member_json(guild.members[one.id], with_user=False)} if one.id in guild.members
                          else {})
        for one in message.mentions
    ]  # fmt: skip
    return form


def interaction_json(interaction: Interaction, world: World) -> Json:
    """Describe an interaction as the gateway does."""
    channel, guild = interaction.channel, interaction.channel.guild
    may = guild.permissions(world.bot, channel) if guild else Permissions.all_channel()
    form: Json = {
        "id": str(interaction.id), "application_id": str(world.application_id), "type": interaction.kind,
        "token": interaction.token, "version": 1, "locale": "en-US", "app_permissions": str(may.value),
        "entitlements": [], "authorizing_integration_owners": _owners(channel), "data": interaction.data,
        "attachment_size_limit": ATTACHMENT_BYTES, "channel_id": str(channel.id), "context": 0 if guild else 1,
        "channel": channel_json(channel),
    }  # fmt: skip
    if interaction.message is not None:
        form["message"] = message_json(interaction.message, world)
    if guild is None:
        return form | {"user": user_json(interaction.user)}
    rights = str(guild.permissions(interaction.user, channel).value)
    return form | {
        "guild_id": str(guild.id), "guild_locale": "en-US",
        "guild": {"id": str(guild.id), "locale": "en-US", "features": []},
        "member": member_json(guild.members[interaction.user.id]) | {"permissions": rights},
    }  # fmt: skip


def _owners(channel: Channel) -> Json:
    return {"0": str(channel.guild_id or 0)}


def response_kind(interaction: Interaction) -> int:
    """Say of what type a message is that responds to an interaction."""
    if interaction.kind == COMMAND:
        return BY_MENU if interaction.menu else BY_COMMAND
    return 0
