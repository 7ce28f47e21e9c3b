#pragma once

/// @file
/// Contacts, templates and messages in the form of v1 and v2.

#include "emulator/state/store.hpp"
#include "emulator/v2/validation.hpp"

namespace sent::testing::emulator {

/// Returns "sms,whatsapp", for example.
std::string join_channels(const std::vector<std::string>& channels);

Json contact_view(const Contact& contact);
Json number_view(const PhoneNumber& number);
Json template_view(const Template& row);
Json message_view(const Message& message, const std::string& customer_id);

struct PageRequest {
    long long page = 0;  ///< counted from 0
    long long size = 0;
};

/// Reads `page` and `pageSize` of a query.
PageRequest read_page(QueryReader& query, long long default_size, long long largest_size);

/// Returns the page object with the views of its rows. `rows` has all rows.
template <typename Row, typename View>
Json page_view(const std::vector<const Row*>& rows, const PageRequest& page, const View& view) {
    const auto total = static_cast<long long>(rows.size());
    Json items = Json::array();
    // A division, because page times size may overflow.
    if (page.page <= total / page.size) {
        const auto first = page.page * page.size;
        for (auto i = first; i < total && i < first + page.size; ++i) {
            items.push_back(view(*rows[static_cast<std::size_t>(i)]));
        }
    }
    return Json{{"items", std::move(items)},
                {"totalCount", total},
                {"page", page.page},
                {"pageSize", page.size},
                {"totalPages", (total + page.size - 1) / page.size}};
}

}  // namespace sent::testing::emulator
