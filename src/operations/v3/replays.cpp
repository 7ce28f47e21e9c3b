#include "operations/v3/replays.hpp"

#include <algorithm>
#include <cstddef>
#include <iterator>
#include <set>
#include <unordered_set>
#include <utility>
#include <vector>

#include <sent/nullable.hpp>
#include <sent/tidy_number.hpp>

#include "base/text/ascii.hpp"
#include "base/text/percent.hpp"
#include "base/text/trim.hpp"

namespace sent::detail {
namespace {

std::string lower_case(std::string text) {
    std::transform(text.begin(), text.end(), text.begin(), to_lower);
    return text;
}

bool ends_with(std::string_view text, std::string_view end) noexcept {
    return text.size() >= end.size() && text.substr(text.size() - end.size()) == end;
}

/// Whether a word is or may be a link: `shop.example/1`, but not `3.50`.
bool is_link(std::string_view word) noexcept {
    for (auto dot = word.find('.', 1); dot < word.size() - 1; dot = word.find('.', dot + 1)) {
        if (is_letter(word[dot + 1])) {
            return true;
        }
    }
    return word.find("://") != std::string_view::npos;
}

/// If the text starts with a character that separates words, returns its length in bytes, otherwise 0. In
/// ASCII, these are all characters except letters and digits; beyond it, U+00A0 to U+00BF, U+2000 to U+206F
/// and U+3000 to U+303F, which may replace them.
std::size_t separator(std::string_view text) noexcept {
    const auto byte = [&text](std::size_t at) {
        return at < text.size() ? static_cast<unsigned char>(text[at]) : 0U;
    };
    const unsigned first = byte(0);
    const unsigned second = byte(1);
    if (first < 0x80) {
        return is_alphanumeric(text.front()) ? 0 : 1;
    }
    if (first == 0xC2 && second >= 0xA0) {
        return 2;
    }
    const bool is_general = first == 0xE2 && (second == 0x80 || second == 0x81);
    const bool is_cjk = first == 0xE3 && second == 0x80;
    return (is_general || is_cjk) && text.size() > 2 ? 3 : 0;
}

/// Appends the words of a text. `words` must end with a space.
void append_words(std::string_view text, std::string& words) {
    while (!text.empty()) {
        const auto length = separator(text);
        if (length == 0) {
            words += to_lower(text.front());
        } else if (words.back() != ' ') {
            words += ' ';
        }
        text.remove_prefix(std::max<std::size_t>(length, 1));
    }
    if (words.back() != ' ') {
        words += ' ';
    }
}

/// Returns the words of a text between its links.
std::vector<std::string> parts_of(std::string_view text) {
    std::vector<std::string> parts{" "};
    while (!text.empty()) {
        const auto word = text.substr(0, text.find_first_of(white_space));
        text.remove_prefix(std::min(word.size() + 1, text.size()));
        if (is_link(word)) {
            parts.emplace_back(" ");
        } else {
            append_words(word, parts.back());
        }
    }
    return parts;
}

/// Whether a message with the text `answered` may be the one that was requested with the text `asked`.
/// Ignores letter case, spaces, punctuation, and links, which the service may shorten. More text may follow,
/// such as how to opt out. An empty text matches any.
bool may_be_same_text(std::string_view asked, std::string_view answered) {
    std::string words{" "};
    append_words(answered, words);
    if (words == " ") {
        return true;
    }
    std::size_t at = 0;
    for (const auto& part : parts_of(asked)) {
        at = words.find(part, at);
        if (at == std::string::npos) {
            return false;
        }
        at += part.size() - 1;  // the space between two words ends one part and begins the next
    }
    return true;
}

/// Members of a send's reply whose absence the struct cannot represent.
struct SaidTemplate {
    Nullable<std::string> template_id{};
    Nullable<std::string> template_name{};
};
struct SaidSend {
    SaidTemplate data{};
};

}  // namespace

SENT_OWN_TABLE(SaidTemplate, field<&SaidTemplate::template_id>("template_id"),
               field<&SaidTemplate::template_name>("template_name"));
SENT_OWN_TABLE(SaidSend, field<&SaidSend::data>("data"));

namespace {

/// Whether the messages of a reply have no template: null for both id and name.
bool says_no_template(std::string_view body) {
    SaidSend said;
    return decode(body, Described<SaidSend>::info(), &said) && said.data.template_id.is_null() &&
           said.data.template_name.is_null();
}

bool is_other_template(const SendMessageRequest& request, const SendMessageResponse& response,
                       std::string_view body) {
    const std::string_view id = response.template_id ? *response.template_id : std::string_view{};
    const std::string_view name = response.template_name ? *response.template_name : std::string_view{};
    if (!request.template_ref) {
        return !id.empty() || !name.empty();  // a message with free text has no template
    }
    const auto& asked = *request.template_ref;
    return says_no_template(body) || !may_be_same_name(asked.id.value_or(""), id) ||
           !may_be_same_name(asked.name.value_or(""), name);
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
    std::copy_if(number.begin(), number.end(), std::back_inserter(digits), is_digit);
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
                      [](char a, char b) { return to_lower(a) == to_lower(b); });
}

std::string_view without_slash(std::string_view url) noexcept {
    return url.substr(0, url.find_last_not_of('/') + 1);
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

std::string last_path_segment(const HttpRequest& request) {
    const auto path = std::string_view{request.url}.substr(0, request.url.find('?'));
    return percent_decoded(path.substr(path.rfind('/') + 1));
}

bool channel_fits(const Channel& answered, const Channel& asked) {
    return answered.empty() || asked.empty() || asked == Channel::automatic || answered == asked;
}

SendMismatch compare_send(const SendMessageRequest& request, const SendMessageResponse& response,
                          std::string_view body) {
    SendMismatch mismatch;
    mismatch.other_template = is_other_template(request, response, body);
    std::unordered_set<std::string> asked;
    for (const auto& to : request.to) {
        asked.insert(number_key(to));
    }
    std::set<std::string> channels;
    for (const auto& channel : request.channel) {
        channels.insert(lower_case(channel.str()));
    }
    std::unordered_set<std::string> named;
    std::set<std::pair<std::string, std::string>> pairs;
    std::size_t without_channel = 0;
    for (const auto& message : response.recipients) {
        const auto fits = [&message](const Channel& channel) {
            return channel_fits(message.channel, channel);
        };
        const bool has_channel =
            request.channel.empty() || std::any_of(request.channel.begin(), request.channel.end(), fits);
        const auto key = number_key(message.to);
        if (!has_channel || (!message.to.empty() && asked.count(key) == 0)) {
            mismatch.other_recipients = true;
        }
        if (!request.template_ref && request.text && message.body) {
            mismatch.other_text = mismatch.other_text || !may_be_same_text(*request.text, *message.body);
        }
        if (message.to.empty()) {
            continue;
        }
        named.insert(key);
        if (message.channel.empty()) {
            ++without_channel;
        } else {
            pairs.emplace(key, lower_case(message.channel.str()));
        }
    }
    const auto asked_pairs = asked.size() * std::max<std::size_t>(channels.size(), 1);
    mismatch.fewer_recipients = named.size() < asked.size() || pairs.size() + without_channel < asked_pairs;
    return mismatch;
}

}  // namespace sent::detail
