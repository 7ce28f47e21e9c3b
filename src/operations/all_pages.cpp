#include "operations/all_pages.hpp"

#include <algorithm>
#include <charconv>
#include <functional>
#include <string>
#include <string_view>
#include <system_error>

#include "json/decode.hpp"
#include "json/field.hpp"

namespace sent::detail {
namespace {

/// Members of a page whose absence the struct cannot tell from zero. v1 and v2 have them at the top level.
struct SaidPagination {
    std::optional<bool> has_more{};
};
struct SaidData {
    SaidPagination pagination{};
};
struct SaidPage {
    std::optional<std::int32_t> page{};
    SaidData data{};
};

}  // namespace

SENT_OWN_TABLE(SaidPagination, field<&SaidPagination::has_more>("has_more"));
SENT_OWN_TABLE(SaidData, field<&SaidData::pagination>("pagination"));
SENT_OWN_TABLE(SaidPage, field<&SaidPage::page>("page"), field<&SaidPage::data>("data"));

namespace {

SaidPage said_in(std::string_view body) {
    SaidPage said;
    static_cast<void>(decode(body, Described<SaidPage>::info(), &said));
    return said;
}

/// Returns the hash of the elements. In v3, `meta` differs between replies and is left out.
std::size_t content_hash(bool is_v3, const std::string& body) {
    RawJson data;
    EnvelopeMember members[] = {{"data", &type_info<RawJson>, &data}};
    if (is_v3) {
        static_cast<void>(decode_envelope(body, members));
    }
    return std::hash<std::string_view>{}(data.text.empty() ? body : data.text);
}

/// Returns the number of the list's last page, if the totals contain it.
std::optional<std::int64_t> last_page(std::int32_t first, const PageNumbers& numbers) {
    if (numbers.total_pages > 0) {
        return std::int64_t{first} + numbers.total_pages - 1;
    }
    if (numbers.total_count > 0 && numbers.page_size > 0) {
        return first + (std::int64_t{numbers.total_count} - 1) / numbers.page_size;
    }
    return std::nullopt;
}

/// Returns the number in `?page=`, if there is one.
std::optional<std::int32_t> asked_page(std::string_view url) {
    constexpr std::string_view name = "page=";
    for (auto at = url.find('?'); at < url.size(); at = url.find('&', at + 1)) {
        if (url.substr(at + 1, name.size()) == name) {
            const auto text = url.substr(at + 1 + name.size());
            std::int32_t page = 0;
            const auto read = std::from_chars(text.data(), text.data() + text.size(), page);
            return read.ec == std::errc{} ? std::optional{page} : std::nullopt;
        }
    }
    return std::nullopt;
}

}  // namespace

bool has_more_by_totals(std::int32_t first, const PageNumbers& numbers, const HttpRequest& request,
                        std::string_view body) {
    const auto last = last_page(first, numbers);
    if (!last || numbers.page < 0) {
        return false;
    }
    std::int32_t page = numbers.page;
    if (const auto asked = asked_page(request.url); page == 0 && asked && asked != 0) {
        page = first != 0 || !said_in(body).page ? *asked : page;
    }
    return std::max(page, first) < *last;
}

bool says_has_more(std::string_view body) {
    return said_in(body).data.pagination.has_more.has_value();
}

PageCheck::Found PageCheck::check(std::int32_t asked, PageNumbers& numbers, const ResponseMeta& meta) {
    const bool is_v3 = generation_ == Generation::v3;
    const auto last = last_page(is_v3 ? 1 : 0, numbers);
    const bool says_no_page =
        numbers.page == 0 && (is_v3 || (asked != 0 && !said_in(meta.raw_body).page.has_value()));
    if (says_no_page || !is_v3) {
        const auto content = content_hash(is_v3, meta.raw_body);
        const bool came_before = last_content_ == content && !meta.raw_body.empty();
        last_content_ = content;
        if (says_no_page) {
            numbers.page = came_before ? asked - 1 : asked;
        }
    }
    if (numbers.page != asked) {
        numbers.has_more = false;
        return last && asked > *last ? Found::end_of_list : Found::other_page;
    }
    // The service may end the list before its totals do, but more pages than the totals are a mistake.
    numbers.has_more = numbers.has_more && (!last || asked < *last);
    return Found::asked_page;
}

Error other_page_error(std::int32_t asked, std::int32_t answered, const ResponseMeta& meta) {
    Error error;
    error.kind = ErrorKind::undecodable;
    error.http_status = meta.http_status;
    error.request_id = meta.request_id;
    error.attempts = meta.attempts;
    error.outcome = Outcome::rejected;
    error.message = "page " + std::to_string(asked) + " of the list was requested, but the answer is page " +
                    std::to_string(answered) +
                    ": the service, or a cache on the way, ignores `page`, so the list would never end";
    return error;
}

}  // namespace sent::detail
