#include "v3/replays.hpp"

#include <algorithm>
#include <cstddef>
#include <iterator>
#include <unordered_set>

#include <sent/tidy_number.hpp>

#include "text.hpp"

namespace sent::detail {
namespace {

char lower(char c) noexcept {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

bool ends_with(std::string_view text, std::string_view end) noexcept {
    return text.size() >= end.size() && text.substr(text.size() - end.size()) == end;
}

bool is_other_template(const SendMessageRequest& request, const SendMessageResponse& response) {
    const std::string_view id = response.template_id ? *response.template_id : std::string_view{};
    const std::string_view name = response.template_name ? *response.template_name : std::string_view{};
    if (!request.template_ref) {
        return !id.empty() || !name.empty();  // free text has no template
    }
    const auto& asked = *request.template_ref;
    return !may_be_same_name(asked.id.value_or(""), id) || !may_be_same_name(asked.name.value_or(""), name);
}

}  // namespace

std::string number_key(std::string_view number) {
    const auto is_ascii = [](char c) { return static_cast<unsigned char>(c) < 0x80; };
    if (!std::all_of(number.begin(), number.end(), is_ascii)) {
        if (const auto tidied = tidy_number(number)) {
            return tidied->substr(1);
        }
    }
    std::string digits;
    digits.reserve(number.size());
    std::copy_if(number.begin(), number.end(), std::back_inserter(digits),
                 [](char c) { return c >= '0' && c <= '9'; });
    if (digits.compare(0, 2, "00") == 0) {
        digits.erase(0, 2);
    }
    return digits.empty() ? std::string{number} : digits;
}

bool may_be_same_number(std::string_view asked, std::string_view answered) {
    if (asked.empty() || answered.empty()) {
        return true;
    }
    auto a = number_key(asked);
    auto b = number_key(answered);
    for (auto* digits : {&a, &b}) {
        digits->erase(0, std::min(digits->find_first_not_of('0'), digits->size()));
    }
    return ends_with(a, b) || ends_with(b, a);
}

bool may_be_same_name(std::string_view asked, std::string_view answered) noexcept {
    asked = trimmed(asked, white_space);
    answered = trimmed(answered, white_space);
    return asked.empty() || answered.empty() ||
           std::equal(asked.begin(), asked.end(), answered.begin(), answered.end(),
                      [](char a, char b) { return lower(a) == lower(b); });
}

bool path_may_have(const HttpRequest& request, std::string_view id) {
    if (id.empty()) {
        return true;
    }
    const auto path = std::string_view{request.url}.substr(0, request.url.find('?'));
    for (std::size_t begin = 0; begin <= path.size();) {
        const auto end = std::min(path.find('/', begin), path.size());
        if (end > begin && may_be_same_name(path.substr(begin, end - begin), id)) {
            return true;
        }
        begin = end + 1;
    }
    return false;
}

bool channel_fits(const Channel& answered, const Channel& asked) {
    return answered.empty() || asked.empty() || asked == Channel::automatic || answered == asked;
}

SendMismatch compare_send(const SendMessageRequest& request, const SendMessageResponse& response) {
    SendMismatch mismatch;
    mismatch.other_template = is_other_template(request, response);
    std::unordered_set<std::string> asked;
    for (const auto& to : request.to) {
        asked.insert(number_key(to));
    }
    std::unordered_set<std::string> named;
    bool all_named = true;
    for (const auto& message : response.recipients) {
        const auto fits = [&message](const Channel& channel) {
            return channel_fits(message.channel, channel);
        };
        const bool has_channel =
            request.channel.empty() || std::any_of(request.channel.begin(), request.channel.end(), fits);
        all_named = all_named && !message.to.empty();
        const auto key = number_key(message.to);
        if (!has_channel || (!message.to.empty() && asked.count(key) == 0)) {
            mismatch.other_recipients = true;
        }
        named.insert(key);
    }
    mismatch.fewer_recipients = all_named && !named.empty() && named.size() < asked.size();
    return mismatch;
}

}  // namespace sent::detail
