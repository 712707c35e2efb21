"""What a person reads about the chat itself: forgetting it, sharing a location, a map."""

from __future__ import annotations

from bot.words.marks import label, sentence

# Forgetting a chat --------------------------------------------------------------------------------

FORGET_BUTTON = label("button", "Forget this chat")
FORGET_ASK = sentence(
    "This deletes our messages here. Numbers I showed you disappear too. Do you want that?"
)
FORGET_YES = label("button", "Yes, forget it")
FORGET_NO = label("button", "No, keep it")
FORGOTTEN = sentence(
    "I have forgotten what we talked about. I asked Telegram to delete our messages here."
)
FORGOTTEN_TELEGRAM = sentence(
    "Telegram may still keep some of them, above all older ones. You can delete the whole chat in"
    " Telegram yourself."
)
PRIVACY_CHAT = sentence(
    "Telegram keeps this chat on its own servers. You can delete the whole chat in Telegram."
)
PRIVACY_FORGET = sentence(
    "The button “{button}” deletes our messages here, as far as Telegram allows it. I then forget"
    " what we talked about. For this I remember for 30 minutes which messages are ours, not what"
    " they say."
)
COMMAND_FORGET = sentence("Delete our messages here")

# Sharing a location -------------------------------------------------------------------------------

LOCATION_BUTTON = label("button", "Share my location")
LOCATION_OFFERED = sentence(
    "If you like, you can share your location with the button at the bottom. I look up the district"
    " and forget the place at once."
)
LOCATION_PUT_AWAY = sentence("The button for your location is gone now.")

# One service --------------------------------------------------------------------------------------

MAP = sentence("Map: {url}")

# The terminal -------------------------------------------------------------------------------------

NO_SUCH_BUTTON = sentence(
    "There is no button with this number. Choose one of these, or write in your own words."
)
