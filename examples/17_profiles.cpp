// What the key's account is, what it still lacks, and acting for one of its profiles.
//
//   export SENT_DM_API_KEY=...
//   ./17_profiles
#include <iostream>

#include <sent/sent.hpp>

int main() {
    const sent::Client client;

    const auto me = client.me();
    if (!me) {
        std::cerr << me.error() << '\n';
        return 1;
    }
    std::cout << me->name << " (" << me->type << ")\n";
    for (const auto& step : sent::remaining_setup(*me)) {
        std::cout << "still to do: " << step.advice << '\n';
    }

    for (const auto& profile : me->profiles) {
        // A copy that shares connections and limits, and names the profile in every call of v3.
        const auto branch = client.for_profile(profile.id);
        const auto contacts = branch.contacts().list();
        if (!contacts) {
            std::cerr << contacts.error() << '\n';
            return 1;
        }
        std::cout << profile.name << ": " << contacts->total_count << " contacts\n";
    }
}
