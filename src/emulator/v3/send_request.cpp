#include "emulator/v3/send_request.hpp"

#include <algorithm>
#include <utility>

#include <sent/timestamp.hpp>

#include "emulator/http/url.hpp"
#include "emulator/state/world.hpp"
#include "emulator/v3/fields.hpp"

namespace sent::testing::emulator {
namespace {

constexpr std::size_t most_recipients = 1000;
constexpr std::chrono::minutes shortest_delay{1};
constexpr std::chrono::hours longest_delay{24 * 30};

const Values& request_channels() {
    static const Values channels{"sent", "sms", "whatsapp", "rcs", "mms"};
    return channels;
}

bool is_channel(const std::string& name) {
    const auto& known = request_channels();
    return std::find(known.begin(), known.end(), name) != known.end();
}

std::string item(const std::string& name, std::size_t index) {
    return name + '[' + std::to_string(index) + ']';
}

void read_recipients(Fields& fields, SendRequest& request) {
    const auto numbers = fields.texts("to");
    if (fields.raw("to").is_null() || (numbers && numbers->empty())) {
        fields.fail("to", "VALIDATION_004", "must contain at least one recipient");
        return;
    }
    if (!numbers) {
        return;
    }
    if (numbers->size() > most_recipients) {
        fields.fail("to", "VALIDATION_005", "must contain at most 1000 recipients");
        return;
    }
    for (std::size_t i = 0; i < numbers->size(); ++i) {
        if (auto number = parse_phone_number((*numbers)[i])) {
            request.to.push_back(*std::move(number));
        } else {
            fields.fail(item("to", i), "VALIDATION_002",
                        "must be a phone number in E.164 format: + and 7 to 15 digits");
        }
    }
}

// A channel that is named twice counts once.
void read_channels(Fields& fields, SendRequest& request) {
    const auto names = fields.texts("channel").value_or(std::vector<std::string>{});
    for (std::size_t i = 0; i < names.size(); ++i) {
        if (!is_channel(names[i])) {
            fields.fail(item("channel", i), "VALIDATION_006",
                        "must be one of: sent, sms, whatsapp, rcs, mms");
        } else if (std::find(request.channels.begin(), request.channels.end(), names[i]) ==
                   request.channels.end()) {
            request.channels.push_back(names[i]);
        }
    }
    if (request.channels.empty()) {
        request.channels = {"sent"};
    }
}

void read_template(Fields fields, SendRequest& request) {
    TemplateChoice choice;
    choice.id = fields.uuid("id");
    choice.name = fields.text("name");
    const bool has_id = !is_blank(fields.raw("id"));
    const bool has_name = !is_blank(fields.raw("name"));
    if (has_id && has_name) {
        fields.fail("id", "VALIDATION_001", "must not be given together with name");
    } else if (!has_id && !has_name) {
        fields.fail("id", "VALIDATION_004", "is required when there is no name");
    }
    choice.parameters = fields.text_map("parameters").value_or(std::map<std::string, std::string>{});
    request.chosen_template = std::move(choice);
}

void read_content(Fields& fields, SendRequest& request) {
    const auto chosen = fields.object("template");
    const auto text = fields.text("text");
    const bool has_template = !fields.raw("template").is_null();
    const bool has_text = !is_blank(fields.raw("text"));
    if (has_template && has_text) {
        fields.fail("text", "VALIDATION_001", "must not be given together with template");
    } else if (!has_template && !has_text) {
        fields.fail("template", "VALIDATION_004", "is required when there is no text");
    }
    if (chosen) {
        read_template(*chosen, request);
    }
    request.text = text.value_or("");
}

void read_schedule(Fields& fields, Time now, SendRequest& request) {
    const auto text = fields.text("scheduled_at");
    if (!text) {
        return;
    }
    const auto time = parse_timestamp(*text);
    if (!time) {
        fields.fail("scheduled_at", "VALIDATION_001", "must be an ISO 8601 time with an explicit offset");
        return;
    }
    request.scheduled_at = std::chrono::time_point_cast<Time::duration>(*time);
    if (*request.scheduled_at < now + shortest_delay || *request.scheduled_at > now + longest_delay) {
        fields.fail("scheduled_at", "VALIDATION_005", "must be from 1 minute to 30 days ahead");
    }
}

void read_media(Fields& fields, SendRequest& request) {
    request.media_urls = fields.texts("media_urls").value_or(std::vector<std::string>{});
    for (std::size_t i = 0; i < request.media_urls.size(); ++i) {
        const auto url = parse_url(request.media_urls[i]);
        if (!url || !url->secure) {
            fields.fail(item("media_urls", i), "VALIDATION_001", "must be an absolute https URL");
        }
    }
    request.subject = fields.text("subject");
}

// Returns the senders of an entry.
std::vector<std::string> read_senders_of(Fields entry) {
    entry.text("country");
    entry.one_of("strategy", {"sticky", "geo"});
    const auto senders = entry.texts("from").value_or(std::vector<std::string>{});
    for (std::size_t i = 0; i < senders.size(); ++i) {
        if (!parse_phone_number(senders[i])) {
            entry.fail(item("from", i), "VALIDATION_002",
                       "must be a phone number in E.164 format: + and 7 to 15 digits");
        }
    }
    return senders;
}

void read_senders(Fields& fields, SendRequest& request) {
    auto channels = fields.object("channels");
    if (!channels) {
        return;
    }
    for (const auto& [channel, entries] : fields.raw("channels").items()) {
        if (!is_channel(channel) || channel == "sent") {
            channels->fail(channel, "VALIDATION_006", "must be one of: sms, whatsapp, rcs, mms");
        } else if (!entries.is_array()) {
            channels->fail(channel, "VALIDATION_001", "must be an array of objects");
        } else {
            for (std::size_t i = 0; i < entries.size(); ++i) {
                const auto path = channels->path_of(item(channel, i));
                if (!entries[i].is_object()) {
                    channels->fail(item(channel, i), "VALIDATION_001", "must be an object");
                    continue;
                }
                const auto senders = read_senders_of(Fields(entries[i], channels->problems(), path));
                auto& all = request.senders[channel];
                all.insert(all.end(), senders.begin(), senders.end());
            }
        }
    }
}

}  // namespace

SendRequest read_send_request(const Call& call) {
    Problems problems;
    Fields fields(call.body, problems);
    SendRequest request;
    read_recipients(fields, request);
    read_channels(fields, request);
    read_content(fields, request);
    read_schedule(fields, call.world.now(), request);
    read_media(fields, request);
    read_senders(fields, request);
    problems.refuse_if_any();
    return request;
}

}  // namespace sent::testing::emulator
