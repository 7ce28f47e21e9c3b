#pragma once

/// @file
/// The state of the service, independent of the API's generations. Not thread-safe: guarded by World's mutex.

#include <cstddef>
#include <list>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "emulator/clock.hpp"
#include "emulator/json.hpp"
#include "emulator/state/channels.hpp"
#include "emulator/state/organization.hpp"
#include "emulator/state/phone_number.hpp"
#include "emulator/voice/rows.hpp"
#include "emulator/webhooks/rows.hpp"

namespace sent::testing::emulator {

struct Contact {
    std::string id{};
    PhoneNumber number{};
    std::vector<std::string> channels{};  ///< "sms", "whatsapp"
    std::string default_channel{};
    Time created_at{};
    std::optional<Time> updated_at{};
    bool opted_out = false;
    std::map<std::string, Time> wrote_at{};  ///< last message by channel, except opt-outs
    std::string profile{};                   ///< its owner; empty for the organization
    std::optional<Time> got_template_at{};   ///< time of the last approved one
};

struct Template {
    std::string id{};
    std::string name{};
    std::string category{};
    std::string language{};
    Json definition{};
    std::string status{};  ///< APPROVED, PENDING, REJECTED, DRAFT
    bool published = false;
    std::optional<Time> submitted_at{};  ///< when it was last submitted for review
    std::string whatsapp_id{};
    std::string whatsapp_name{};
    Time created_at{};
    std::optional<Time> updated_at{};
    bool used = false;      ///< by a message, so that it is kept for history when deleted
    bool deleted = false;   ///< hidden from every operation
    std::string profile{};  ///< its owner; empty for the organization
};

struct RenderedButton {
    std::string type{};
    std::string value{};
    std::optional<std::string> text{};
};

struct RenderedMessage {
    std::optional<std::string> header{};
    std::string content{};
    std::optional<std::string> footer{};
    std::vector<RenderedButton> buttons{};
};

struct MessageEvent {
    std::string status{};  ///< in lower case
    Time time{};
    std::optional<std::string> description{};
    std::string reason_code{};  ///< why it was not delivered, or empty
};

struct Message {
    std::string id{};
    std::string generation{};  ///< "v1", "v2", "v3"
    std::string contact_id{};
    PhoneNumber number{};
    std::optional<std::string> template_id{};
    std::string template_name{};
    std::string template_category{};
    std::string channel{};       ///< "sms", "whatsapp", "rcs", "mms"
    bool channel_chosen = true;  ///< false if the client has left the choice until the message is routed
    std::map<std::string, std::string> variables{};
    RenderedMessage body{};
    std::string webhook_url{};
    Time created_at{};
    std::vector<MessageEvent> events{};  ///< oldest first, never empty
    std::optional<std::string> price{};  ///< decimal text
    std::string profile{};               ///< its owner; empty for the organization
    bool inbound = false;                ///< from a contact
    std::string sender{};                ///< the sending number; empty until it is known
    std::optional<Time> scheduled_at{};
    std::optional<std::string> subject{};
    std::vector<std::string> media_urls{};
    std::string idempotency_key{};
    bool held_by_quiet_hours = false;  ///< when it was last SCHEDULED
    int life = 0;                      ///< grows when it is held, cancelled or sent again: see plan_step()

    const std::string& status() const { return events.back().status; }
};

/// Rows in the order of their creation, with lookup by id.
template <typename Row>
class Table {
  public:
    Row& add(Row row) {
        rows_.push_back(std::move(row));
        by_id_[rows_.back().id] = std::prev(rows_.end());
        return rows_.back();
    }
    Row* find(const std::string& id) {
        const auto found = by_id_.find(id);
        return found == by_id_.end() ? nullptr : &*found->second;
    }
    void erase(const std::string& id) {
        if (const auto found = by_id_.find(id); found != by_id_.end()) {
            rows_.erase(found->second);
            by_id_.erase(found);
        }
    }
    void erase_oldest() { erase(std::string(rows_.front().id)); }
    void clear() {
        by_id_.clear();
        rows_.clear();
    }
    std::size_t size() const { return rows_.size(); }
    auto begin() const { return rows_.begin(); }
    auto end() const { return rows_.end(); }

  private:
    std::list<Row> rows_;
    std::unordered_map<std::string, typename std::list<Row>::iterator> by_id_;
};

class Store {
  public:
    Table<Contact> contacts;
    Table<Template> templates;
    Table<Message> messages;
    Table<Profile> profiles;
    Table<User> users;
    Table<Campaign> campaigns;
    Table<SmsMarket> markets;
    std::map<std::string, Json> whatsapp_channels{};  ///< in the form of replies, by their owner
    std::map<std::string, Json> rcs_agents{};         ///< in the form of replies, by their owner
    Table<Webhook> webhooks;
    Table<VoiceNumber> voice_numbers;
    Table<PhoneCall> calls;                                ///< only the most recent ones
    Table<WebhookEvent> webhook_events;                    ///< only the most recent ones
    std::size_t accepted_messages = 0;                     ///< including those that were forgotten
    std::map<std::string, std::size_t> accepted_by_key{};  ///< the same count by Idempotency-Key
    std::set<std::string> held_messages{};                 ///< ids, including those that were forgotten
    long long numbers_bought = 0;
    long long quick_message_day = 0;
    int quick_messages_that_day = 0;

    Contact& add_contact(Contact contact);
    // A profile has its own contacts. An empty profile means the organization.
    Contact* find_contact(const std::string& id, const std::string& profile = {});
    Contact* find_contact_by_number(const std::string& e164, const std::string& profile = {});
    /// Returns the contact with that number, and creates it if there is none.
    Contact& contact_for(const PhoneNumber& number, Time now, const std::string& profile = {});
    void remove_contact(const std::string& id);
    /// Does not return deleted templates.
    Template* find_template(const std::string& id, const std::string& profile = {});
    /// Removes a template, or hides it if a message has used it. Returns false if there is none.
    bool remove_template(const std::string& id, const std::string& profile = {});
    /// Counts a message as accepted. The key may be empty.
    void count_accepted(const std::string& idempotency_key);
    /// Adds a message and counts it as accepted. Keeps the latest `kept` messages.
    Message& add_message(Message message, std::size_t kept);
    /// Adds a message from a contact, which is not counted. Keeps the latest `kept` messages.
    Message& add_inbound(Message message, std::size_t kept);
    void clear();

  private:
    std::unordered_map<std::string, std::string> contact_ids_by_number_;  // key: number and profile
};

}  // namespace sent::testing::emulator
