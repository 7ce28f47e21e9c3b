// Channels and compliance: what an account sends from, and what it submits for it.

#include <iostream>
#include <string>

#include <sent/sent.hpp>

namespace {

bool look_around(const sent::Client& client) {
    const auto types = client.compliance().by_country({.country = "US"});
    if (!types) {
        std::cerr << types.error() << '\n';
        return false;
    }
    std::cout << types->number_types.text << '\n';  // JSON: fees, terms, and every value to provide
    return true;
}

bool add_market(const sent::Client& client) {
    sent::CreateSmsMarketRequest request;
    request.country = "US";
    request.number_type = sent::MarketNumberType::ten_dlc;
    request.numbers = {{.area_code = "212", .quantity = 2}, {.quantity = 1}};
    request.compliance.text = R"({"brand":{"inherit":true},"campaign":{
        "description":"Order updates","message_flow":"Customers opt in at checkout."}})";
    const auto market = client.channels().sms().create(request, {.idempotency_key = "us-market"});
    if (!market) {
        std::cerr << market.error() << '\n';
        return false;
    }
    std::cout << market->status << ' ' << market->sender_value.value_or("has no number yet") << '\n';
    return true;
}

bool change_market(const sent::Client& client) {
    const auto market = client.channels().sms().update({
        .country = "US",
        .type = sent::MarketNumberType::ten_dlc,
        .compliance = {R"({"campaign":{"message_flow":"Customers opt in by SMS.","help_message":null}})"},
    });
    return market.has_value();
}

bool copy_campaign(const sent::Client& client) {
    const auto campaigns = client.channels().sms().campaigns().list();
    if (!campaigns || campaigns->items.empty()) {
        return false;
    }
    const auto market = client.channels().sms().campaigns().create({campaigns->items.front().fields},
                                                                   {.idempotency_key = "second-campaign"});
    return market.has_value();
}

bool add_numbers(const sent::Client& client, const std::string& campaign_id) {
    const auto market = client.channels().sms().numbers().add(
        {
            .country = "US",
            .type = sent::MarketNumberType::ten_dlc,
            .numbers = {{.area_code = "646", .quantity = 1}},
            .campaign_id = campaign_id,
        },
        {.idempotency_key = "more-numbers"});
    return market.has_value();
}

std::string first_campaign(const sent::Client& client) {
    const auto campaigns = client.channels().sms().campaigns().list();
    return campaigns && !campaigns->items.empty() ? campaigns->items.front().id : "";
}

}  // namespace

int main() {
    const sent::Client client;
    const bool fine = look_around(client) && add_market(client) && change_market(client) &&
                      add_numbers(client, first_campaign(client)) && copy_campaign(client);
    return fine ? 0 : 1;
}
